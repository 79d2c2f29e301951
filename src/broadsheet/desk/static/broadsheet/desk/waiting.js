// A button pressed while the editor saves along the way waits for the answer: it would be sent with the word on a version that is no
// longer the newest, be taken for somebody else's, and of a new story there would be two.
(() => {
  const form = document.querySelector("form[data-edit-form]");
  if (!form) return;
  const LONGEST = 30_000;
  let saving = false;
  let sent = false;
  let held = null;

  const go = () => {
    saving = false;
    if (!held) return;
    const { button, timer } = held;
    held = null;
    clearTimeout(timer);
    // A pressed button shows progress and is disabled: what a disabled button says is not sent.
    button?.setAttribute("data-w-progress-loading-value", "false");
    if (button) button.disabled = false;
    form.requestSubmit(button);
  };

  document.addEventListener("w-autosave:save", (event) => {
    if (event.target !== form) return;
    if (sent) event.preventDefault();
    else saving = !event.defaultPrevented;
  });
  for (const name of ["success", "error"]) document.addEventListener(`w-autosave:${name}`, go);
  form.addEventListener("submit", (event) => {
    if (saving) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (held) clearTimeout(held.timer);
      held = { button: event.submitter, timer: setTimeout(go, LONGEST) };
      return;
    }
    // Nothing is saved along the way beside what was sent, unless something keeps it from being sent.
    sent = true;
    setTimeout(() => { sent = !event.defaultPrevented; });
  }, true);
  window.addEventListener("pageshow", () => { sent = false; });
})();
