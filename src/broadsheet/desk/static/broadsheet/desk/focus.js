// The focal point by keyboard: two sliders beside Wagtail's box, which is drawn with a mouse; each shows what the other set.
(() => {
  const chooser = document.querySelector(".focal-point-chooser");
  const template = document.getElementById("desk-focus");
  if (!chooser || !template) return;
  // A little above the middle, where the encoder looks when nobody says.
  const USUAL = { x: 50, y: 45 };
  const AREA = 0.2;
  const picture = chooser.querySelector("img");
  const size = { x: Number(picture.dataset.originalWidth), y: Number(picture.dataset.originalHeight) };
  const field = (name) => document.querySelector(`input.focal_point_${name}`);
  chooser.after(template.content);
  const sliders = Object.fromEntries(["x", "y"].map((axis) => [axis, document.querySelector(`[data-focus=${axis}]`)]));

  const say = (slider) => slider.setAttribute("aria-valuetext", `${slider.value} %`);

  function show() {
    for (const [axis, slider] of Object.entries(sliders)) {
      const at = field(axis).value;
      slider.value = at === "" ? USUAL[axis] : Math.round((100 * Number(at)) / size[axis]);
      say(slider);
    }
  }

  function set() {
    const side = Math.round(AREA * Math.min(size.x, size.y));
    const at = Object.fromEntries(Object.entries(sliders).map(([axis, slider]) => [axis, Math.round((slider.value * size[axis]) / 100)]));
    const corner = (axis) => Math.max(0, Math.min(size[axis] - side, at[axis] - side / 2));
    window.jcropapi?.setSelect([corner("x"), corner("y"), corner("x") + side, corner("y") + side]);
    for (const axis of ["x", "y"]) { field(axis).value = at[axis]; say(sliders[axis]); }
    field("width").value = side;
    field("height").value = side;
  }

  for (const slider of Object.values(sliders)) slider.addEventListener("input", set);
  document.addEventListener("pointerup", (event) => { if (!event.target.closest(".desk-focus")) setTimeout(show); });
  document.querySelector(".remove-focal-point")?.addEventListener("click", () => setTimeout(show));
  show();
})();
