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
