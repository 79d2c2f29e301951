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

// A stored page says from when its islands are; newer ones come together in one small stored file.
const islands = [...document.querySelectorAll("[data-island]")];
if (islands.some((island) => Date.now() - Date.parse(island.dataset.asOf) > 90_000)) {
  fetch(`/islands/${islands.map((island) => island.dataset.island).join(".")}/`).then(async (answer) => {
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const island of islands) {
      const fresh = page.querySelector(`[data-island="${island.dataset.island}"]`);
      if (!fresh || island.contains(document.activeElement)) continue;
      // Both as the browser writes them: addresses may stand there in any script.
      for (const link of fresh.querySelectorAll(".card a")) if (link.pathname === location.pathname) link.closest(".card").remove();
      if (fresh.innerHTML !== island.innerHTML) island.replaceChildren(...fresh.childNodes);
    }
  }, () => {});
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

const copied = async (button, text) => {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return;
  }
  button.textContent = button.dataset.done;
  document.querySelector("[data-copy-status]").textContent = button.dataset.done;
  setTimeout(() => { button.textContent = label; }, 3000);
};

for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const from = document.getElementById(button.dataset.copyFrom);
  button.addEventListener("click", () => copied(button, from ? from.value : button.dataset.copy));
}

const share = document.querySelector("[data-share]");
if (share && navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => {
    navigator.share({ title: share.dataset.title, url: share.dataset.share }).catch(() => {});
  });
}

// A passage that is selected has an address that leads to it (text fragments: https://wicg.github.io/scroll-to-text-fragment/).
const quote = document.querySelector("[data-quote]");
const body = document.querySelector(".story-body");
if (quote && body && navigator.clipboard && "Segmenter" in Intl) {
  const BLOCKS = "p, li, h2, h3, h4, blockquote, figcaption, td, th, dt, dd, pre, summary, div";
  const WHOLE = 160, FEW = 4, AROUND = 3;
  const segmenter = new Intl.Segmenter(body.closest("[lang]").lang, { granularity: "word" });
  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  // As browsers compare: neither case nor accents tell two words apart.
  const folded = (text) => tidy(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const encoded = (text) => encodeURIComponent(tidy(text)).replace(/-/g, "%2D");
  const blockOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(BLOCKS);
  const offset = (block, node, place) => {
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, place);
    return range.toString().length;
  };
  const words = (block) => [...segmenter.segment(block.textContent)].filter((one) => one.isWordLike)
    .map((one) => ({ first: one.index, end: one.index + one.segment.length }));
  const between = (block, some) => some.length ? block.textContent.slice(some[0].first, some.at(-1).end) : "";

  const passage = (range) => {
    const opening = blockOf(range.startContainer);
    let closing = blockOf(range.endContainer);
    const from = offset(opening, range.startContainer, range.startOffset), inOpening = words(opening);
    let upTo = offset(closing, range.endContainer, range.endOffset), inClosing = words(closing);
    if (closing !== opening && !inClosing.some((one) => one.first < upTo)) {
      closing = opening;
      inClosing = inOpening;
      upTo = Infinity;
    }
    // Browsers find whole words only.
    const chosen = inOpening.filter((one) => one.end > from && (closing !== opening || one.first < upTo));
    const last = inClosing.filter((one) => one.first < upTo && (closing !== opening || one.end > from));
    if (!chosen.length || !last.length) return "";
    const all = closing === opening ? between(opening, chosen) : "";
    const whole = all && all.length <= WHOLE;
    const start = whole ? all : between(opening, chosen.slice(0, FEW));
    const end = whole ? "" : between(closing, last.slice(-FEW));
    const once = folded(body.textContent).split(folded(start)).length === 2;
    // With the signs between: nothing but spaces may part them from the passage.
    const [earlier] = inOpening.filter((one) => one.end <= chosen[0].first).slice(-AROUND);
    const later = inClosing.filter((one) => one.first >= last.at(-1).end).slice(0, AROUND).at(-1);
    const before = once || !earlier ? "" : opening.textContent.slice(earlier.first, chosen[0].first);
    const after = once || !later ? "" : closing.textContent.slice(last.at(-1).end, later.end);
    return `:~:text=${before && `${encoded(before)}-,`}${encoded(start)}${end && `,${encoded(end)}`}${after && `,-${encoded(after)}`}`;
  };

  const button = quote.querySelector("button");
  let link = "";
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const range = chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    const found = range && body.contains(range.startContainer) && body.contains(range.endContainer) ? passage(range) : "";
    link = found && `${quote.dataset.quote}#${found}`;
    quote.hidden = !link;
  });
  // What is selected stays so.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => copied(button, link));
}

// What is selected in a story goes along with whoever reports a mistake in it.
const reports = document.querySelectorAll("[data-report]");
if (reports.length) {
  let timer = 0;
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const within = chosen.rangeCount && chosen.getRangeAt(0).commonAncestorContainer;
    const inText = within && (within.closest ? within : within.parentElement).closest(".story-head, .story-body");
    const passage = inText ? chosen.toString().trim().slice(0, 1000) : "";
    clearTimeout(timer);
    // Where one taps the link, what was selected is so no more before the tap is told.
    timer = setTimeout(() => {
      for (const link of reports) link.search = passage && `?passage=${encodeURIComponent(passage)}`;
    }, passage ? 0 : 1500);
  });
}

// Says once that this story was read: when it was in view for some seconds. Only the story's address is sent, nothing is kept here,
// and nothing is said for who asks not to be counted.
const read = document.querySelector("[data-read]");
const [arrival] = performance.getEntriesByType("navigation");
const revisited = arrival && (arrival.type === "reload" || arrival.type === "back_forward");
const declined = navigator.globalPrivacyControl || navigator.doNotTrack === "1" || navigator.webdriver;
if (read && !revisited && !declined) {
  const ENOUGH = 5000;
  const told = ["visibilitychange", "prerenderingchange"];
  let seen = 0, since = 0, timer = 0;

  const say = () => {
    for (const name of told) document.removeEventListener(name, look);
    // Without the desk's cookie; it arrives even when the page is left at this moment.
    fetch(read.dataset.read, { method: "POST", keepalive: true, credentials: "omit" }).catch(() => {});
  };
  const look = () => {
    clearTimeout(timer);
    if (since) seen += performance.now() - since;
    since = 0;
    if (document.visibilityState !== "visible" || document.prerendering) return;
    since = performance.now();
    timer = setTimeout(say, Math.max(0, ENOUGH - seen));
  };
  for (const name of told) document.addEventListener(name, look);
  look();
}
