// What is typed while the desk saves is saved, too. Wagtail takes for saved whatever stands in the form when the answer comes, and
// compares with what stood there two seconds after it was opened: words typed in between waited for the next change, under “Saved”.
(() => {
  const form = document.querySelector("form[data-edit-form]");
  if (!form) return;
  const watcher = () => window.wagtail?.app.getControllerForElementAndIdentifier(form, "w-unsaved");
  const compareWith = (unsaved, snapshot) => Object.assign(unsaved, { initialFormData: snapshot, previousFormData: snapshot });
  let opened = "";
  let sent = "";

  // Before the first key or click of somebody, all changes are those of widgets that draw themselves.
  const touched = (event) => {
    if (!event.isTrusted || opened || sent) return;
    const unsaved = watcher();
    if (unsaved && !unsaved.initialFormData) opened = unsaved.formData;
  };
  for (const kind of ["keydown", "pointerdown", "paste", "drop"]) document.addEventListener(kind, touched, { capture: true });
  // More than once until the first save: each time with what stands there by then.
  form.addEventListener("w-unsaved:watch-edits", () => { if (opened) compareWith(watcher(), opened); });

  document.addEventListener("w-autosave:save", () => {
    opened = "";
    sent = watcher()?.formData || "";
  });
  // Behind the form's own listener, which takes what stands there for saved.
  document.addEventListener("w-autosave:success", ({ detail }) => {
    const unsaved = watcher();
    if (!unsaved || !sent) return;
    const answered = new Set(Object.keys(detail.data?.field_updates || {}));
    const [before, now] = [new URLSearchParams(sent), new URLSearchParams(unsaved.formData)];
    const changed = [...new Set(before.keys())].some((name) => !answered.has(name) && now.has(name) && String(before.getAll(name)) !== String(now.getAll(name)));
    if (changed) compareWith(unsaved, sent);
    sent = "";
  });
})();
