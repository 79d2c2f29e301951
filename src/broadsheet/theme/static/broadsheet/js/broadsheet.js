// Every page is complete without this: it only adds what a stored page cannot know or do.

const today = document.querySelector("[data-today]");
if (today) {
  try {
    today.textContent = new Intl.DateTimeFormat(today.dataset.locale, {
      dateStyle: "full", timeZone: today.dataset.zone,
    }).format(new Date());
  } catch {
    // An unknown zone or language: no date is better than a wrong one.
  }
}

const menu = document.querySelector("[data-menu]");
if (menu) {
  const all = menu.querySelector("details");
  const reopen = () => menu.removeAttribute("data-closed");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (all.open) {
      all.open = false;
      all.querySelector("summary").focus();
    } else if (menu.matches(":focus-within, :hover")) {
      menu.setAttribute("data-closed", "");
      const item = document.activeElement.closest(".has-children");
      if (item && item.contains(document.activeElement)) item.querySelector("a").focus();
    }
  });
  menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) reopen(); });
  menu.addEventListener("pointerleave", reopen);
  document.addEventListener("click", (event) => { if (all.open && !menu.contains(event.target)) all.open = false; });

  const nameplate = document.querySelector(".nameplate");
  if (nameplate && "IntersectionObserver" in window) {
    new IntersectionObserver((seen) => menu.toggleAttribute("data-stuck", !seen.at(-1).isIntersecting)).observe(nameplate);
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return;
    }
    button.textContent = button.dataset.done;
    document.querySelector("[data-copy-status]").textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 3000);
  });
}
