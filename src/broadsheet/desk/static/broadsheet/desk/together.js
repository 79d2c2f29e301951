// Keeps the form's word on which version its text began from: the one saved along the way, or the one its writer was told of.
(() => {
  const form = document.querySelector("form[data-edit-form]");
  if (!form) return;
  let newest = 0;

  const set = (name, value) => {
    let field = form.querySelector(`[name=${name}]`);
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name });
      form.append(field);
    }
    field.value = value;
  };

  document.addEventListener("w-autosave:success", ({ detail }) => {
    const { revision_id: id, revision_created_at: time } = detail.data || {};
    if (!id) return;
    set("loaded_revision_id", id);
    set("loaded_revision_created_at", time);
  });
  document.addEventListener("w-swap:json", ({ detail }) => {
    for (const other of detail.data?.other_sessions || []) newest = Math.max(newest, other.revision_id || 0);
  });
  // Before Wagtail's own answer, which presses the button again.
  document.addEventListener("w-dialog:confirmed", ({ target }) => {
    if (target.id === "w-save-confirmation-dialog" && newest) set("known_revision_id", newest);
  }, true);
})();
