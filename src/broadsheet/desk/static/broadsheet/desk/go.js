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
  document.addEventListener("focusout", (event) => { chooser = event.target.closest?.("[data-chooser], .chooser") || chooser; });
  window.jQuery(document).on("hidden.bs.modal", () => {
    if (document.activeElement !== document.body || !chooser?.isConnected) return;
    [...chooser.querySelectorAll("button, a")].find((button) => button.checkVisibility() && !button.disabled)?.focus();
  });
})();
