// Nothing written is lost because a session ended: before a form is sent, it is asked whether somebody is still signed in.
(() => {
  const form = document.querySelector("form[data-edit-form]");
  const where = document.getElementById("desk-session");
  if (!form || !where) return;
  const texts = JSON.parse(where.textContent);
  let sure = false;
  let opener = null;
  let bar;

  function ask() {
    if (!bar) {
      bar = document.createElement("div");
      bar.className = "desk-signed-out";
      bar.setAttribute("role", "alert");
      const link = Object.assign(document.createElement("a"), {
        href: texts.login, target: "_blank", rel: "noopener", textContent: texts.sign_in, className: "button button-small",
      });
      const copy = document.createElement("span");
      copy.textContent = texts.text;
      bar.append(copy, link);
      document.body.append(bar);
    }
    bar.querySelector("a").focus();
  }

  // True while signed in as the one who opened this page; brings the form's token up to date.
  async function signedIn() {
    const answer = await fetch(texts.url, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
    if (!answer || !answer.ok) return false;
    const { user, token } = await answer.json();
    opener ??= user;
    if (user !== opener) return false;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    if (bar) { bar.remove(); bar = null; }
    return true;
  }

  form.addEventListener("submit", (event) => {
    if (sure) { sure = false; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    signedIn().then((yes) => {
      // The button that was pressed shows progress and is disabled meanwhile: what it says is sent in its place.
      submitter?.setAttribute("data-w-progress-loading-value", "false");
      if (!yes) { ask(); return; }
      form.querySelector("[data-pressed]")?.remove();
      if (submitter?.name) {
        const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
        pressed.dataset.pressed = "";
        form.append(pressed);
      }
      sure = true;
      form.requestSubmit();
    });
  }, true);

  signedIn();
  document.addEventListener("w-autosave:error", () => signedIn().then((yes) => { if (!yes) ask(); }));
  // Back from the other tab where one signed in again.
  document.addEventListener("visibilitychange", () => { if (bar && !document.hidden) signedIn(); });
})();
