// Nothing written is lost because a session ended: before a form is sent, the desk is asked whether its writer is still signed in.
(() => {
  const form = document.querySelector("form[data-edit-form]");
  const where = document.getElementById("desk-session");
  if (!form || !where) return;
  const texts = JSON.parse(where.textContent);
  const EVERY_HOUR = 3_600_000;
  let passed = false;
  let asking = null;
  let bar = null;
  let writer = null;

  function tell(state) {
    if (!bar) {
      bar = document.createElement("div");
      bar.className = "desk-signed-out";
      bar.setAttribute("role", "alert");
      const link = Object.assign(document.createElement("a"), {
        href: texts.login, target: "_blank", textContent: texts.sign_in, className: "button button-small",
      });
      const again = Object.assign(document.createElement("button"), {
        type: "button", textContent: texts.again, className: "button button-small button-secondary",
      });
      again.addEventListener("click", () => ask());
      bar.append(document.createElement("p"), link, again);
      document.body.append(bar);
    }
    const [text, link] = bar.children;
    if (text.textContent !== texts[state]) text.textContent = texts[state];
    link.hidden = state !== "out";
  }

  // Gives true while signed in as the one who opened this page, and brings the page's tokens up to date; else says what is wrong.
  async function answered() {
    let answer;
    try {
      answer = await fetch(texts.url, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    } catch {
      tell("unreachable");
      return false;
    }
    if (answer.status >= 500) { tell("unreachable"); return false; }
    const { user, token } = answer.ok ? await answer.json().catch(() => ({})) : {};
    writer ??= user;
    if (!user || user !== writer) { tell(user ? "other" : "out"); return false; }
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    window.wagtailConfig.CSRF_TOKEN = token;
    if (bar) {
      bar.remove();
      bar = null;
      // What was not saved along the way is saved now.
      form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
    }
    return true;
  }

  function ask() {
    asking ??= answered().finally(() => { asking = null; });
    return asking;
  }

  form.addEventListener("submit", (event) => {
    if (passed) { passed = false; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    ask().then((yes) => {
      // The button that was pressed shows progress and is disabled: what a disabled button says is not sent.
      submitter?.setAttribute("data-w-progress-loading-value", "false");
      if (submitter) submitter.disabled = false;
      if (!yes) { bar.querySelector("a:not([hidden]), button").focus(); return; }
      passed = true;
      form.requestSubmit(submitter);
    });
  }, true);

  // Also lengthens the session of who keeps an editor open.
  ask();
  setInterval(ask, EVERY_HOUR);
  for (const failed of ["w-autosave:error", "w-swap:error"]) document.addEventListener(failed, () => { ask(); });
  // Back from the other tab where one signed in again.
  document.addEventListener("visibilitychange", () => { if (bar && !document.hidden) ask(); });
  window.addEventListener("focus", () => { if (bar) ask(); });
})();
