// Scripts of every screen: a form of one field that goes on as soon as it is filled in, and the focus after a chooser.
window.wagtail.app.register("go", class extends window.StimulusModule.Controller {
  connect() {
    this.element.querySelector("input[type=text]")?.focus();
    this.element.querySelector("[type=submit]")?.setAttribute("hidden", "");
  }

  now() { if (this.element.querySelector("[name=section]")) this.element.requestSubmit(); }
});

// Wagtail gives the focus back to the button that opened the chooser, which is hidden once something is chosen: whoever works
// by keyboard would begin again at the top of the page.
(() => {
  let chooser = null;
  // While the window is open the button is disabled, which takes the focus from it without an event.
  document.addEventListener("focusin", ({ target }) => { if (!target.closest(".modal")) chooser = target.closest(".chooser"); });
  window.jQuery(document).on("hidden.bs.modal", () => {
    if (!chooser?.isConnected || chooser.contains(document.activeElement)) return;
    [...chooser.querySelectorAll("button, a")].find((button) => button.checkVisibility() && !button.disabled)?.focus();
  });
})();

// A key alone (n for a new story) is for the screen. In an open window, where the focus may be on no field for a moment, it is
// a letter of what somebody types, and must not lead away from what they have not saved.
for (const kind of ["keydown", "keypress"]) {
  window.addEventListener(kind, (event) => {
    const alone = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!alone || event.target.closest?.("input, select, textarea, [contenteditable=true]")) return;
    if (document.querySelector(".modal.in, .w-dialog:not([aria-hidden=true])")) event.stopImmediatePropagation();
  }, true);
}
