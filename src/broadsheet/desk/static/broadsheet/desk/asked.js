// What publishing asks stays in view until somebody acts: the fields above it grow after the browser has led there, and would push
// it, with the focus on it, below the edge of the window.
(() => {
  const asked = document.querySelector("form[data-edit-form] [name=change_kind][autofocus]");
  if (!asked) return;
  const show = () => asked.scrollIntoView({ block: "center", behavior: "instant" });
  const growing = new ResizeObserver(show);
  growing.observe(asked.form);
  addEventListener("load", () => { if (document.activeElement === document.body) asked.focus(); show(); });
  for (const act of ["keydown", "pointerdown", "wheel", "touchstart"]) addEventListener(act, () => growing.disconnect(), { once: true, passive: true });
})();
