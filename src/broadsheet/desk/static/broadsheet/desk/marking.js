// Statements, sources and events, marked in the text: one kind of entity that carries what is said of its words, as JSON that the
// server reads (`record.marks`). The form is a dialog beside the words, the same for all of an editor's text fields.
(() => {
  const TYPE = "MARK";
  const { React, draftail, DraftJS } = window;
  const { EditorState, Modifier, SelectionState } = DraftJS;
  let held;
  // What the server tells stands behind the editors in the page.
  const told = () => (held ||= JSON.parse(document.getElementById("desk-marks").textContent));
  const VIEWS = ["statement", "source", "event"];
  // What the words are known from stands last, whatever they are.
  const PANELS = ["statement", "event", "source"];
  const NEEDED = { statement: ["name"], source: ["title", "url", "publisher", "reason"], event: ["what", "date"] };
  let wanted = "";
  // A proposal that somebody takes up in the form: `{name, facet, places, focus, done}`.
  let proposed = null;

  const read = (says) => { try { return JSON.parse(says) || {}; } catch { return {}; } };
  const idsOf = (says) => VIEWS.map((name) => says[name]?.id).filter(Boolean);
  const dataOf = (content, key) => (key ? content.getEntity(key) : null);
  const saysOf = (entity) => (entity?.getType() === TYPE ? read(entity.getData().says) : {});
  const linkOf = (entity) => ({ [TYPE]: entity?.getData().link, LINK: entity?.getData() })[entity?.getType()];
  const isMeant = (name, facet) => (name === "event" ? facet.what && facet.date : NEEDED[name].some((key) => facet[key]));

  // Ranges of a block with one entity (or none) each.
  function* runs(block, from = 0, to = block.getLength()) {
    for (let start = from; start < to;) {
      const key = block.getEntityAt(start);
      let end = start + 1;
      while (end < to && block.getEntityAt(end) === key) end += 1;
      yield { start, end, key };
      start = end;
    }
  }

  function selected(content, selection) {
    const found = [];
    const [first, last] = [selection.getStartKey(), selection.getEndKey()];
    let inside = false;
    for (const block of content.getBlocksAsArray()) {
      if (block.getKey() === first) inside = true;
      if (inside && block.getType() !== "atomic") {
        const from = block.getKey() === first ? selection.getStartOffset() : 0;
        const to = block.getKey() === last ? selection.getEndOffset() : block.getLength();
        if (to > from) found.push({ block, from, to });
      }
      if (block.getKey() === last) break;
    }
    return found;
  }

  const whole = (content) => content.getBlocksAsArray().map((block) => ({ block, from: 0, to: block.getLength() }));

  // `change(says, entity)` is what is said from now on of each run: nothing, to leave it alone.
  function changed(content, parts, change) {
    const made = new Map();
    let next = content;
    for (const { block, from, to } of parts) {
      for (const { start, end, key } of runs(block, from, to)) {
        const entity = dataOf(content, key);
        const says = change(saysOf(entity), entity);
        if (!says) continue;
        const link = linkOf(entity);
        const marked = idsOf(says).length > 0;
        const type = marked ? TYPE : link ? "LINK" : "";
        const data = marked ? { says: JSON.stringify(says), ...(link ? { link } : {}) } : link;
        const same = JSON.stringify([type, data]);
        if (type && !made.has(same)) {
          next = next.createEntity(type, "MUTABLE", data);
          made.set(same, next.getLastCreatedEntityKey());
        }
        const range = SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: start, focusOffset: end });
        next = Modifier.applyEntity(next, range, type ? made.get(same) : null);
      }
    }
    return next;
  }

  // What carries one of these ids says the same everywhere.
  const inAgreement = (facets) => (says) => {
    const next = { ...says };
    let other = false;
    for (const name of VIEWS) {
      if (says[name] && facets[name]?.id === says[name].id) {
        next[name] = facets[name];
        other = true;
      }
    }
    return other ? next : null;
  };

  const within = (wrapper) => wrapper && [...wrapper.parentNode.children].find((one) => one.draftailEditor)?.draftailEditor;
  const editors = () => [...document.querySelectorAll("[data-draftail-editor-wrapper]")].map(within).filter(Boolean);
  const everyMark = () => editors().flatMap((editor) => {
    const content = editor.getEditorState().getCurrentContent();
    return whole(content).flatMap(({ block }) => [...runs(block)].map(({ key }) => saysOf(dataOf(content, key))));
  });

  function sources() {
    const found = new Map();
    for (const { source } of everyMark()) if (source && !found.has(source.id)) found.set(source.id, source);
    return [...found.values()];
  }

  const put = (state, content) => (content === state.getCurrentContent() ? state : EditorState.push(state, content, "apply-entity"));

  // What the sentence around the words says already: who, with which word.
  function sentence(block, from, to) {
    const text = block.getText();
    const ends = /[.!?…؟।。]["'”’»)\]]*\s/g;
    let start = 0, end = text.length;
    for (let found; (found = ends.exec(text));) {
      const at = found.index + found[0].length;
      if (at <= from) start = at;
      else if (at >= to) { end = at; break; }
    }
    return { start, end, around: `${text.slice(start, from)} ¶ ${text.slice(to, end)}` };
  }

  function guessed(around) {
    const name = "\\p{Lu}[\\p{L}’'.-]+(?:\\s+(?:de|da|di|al|bin|van|von|der|la|le|du)?\\s*\\p{Lu}[\\p{L}’'.-]+)*";
    const verb = told().verbs.map((word) => word.replace(/\s+/g, "\\s+")).join("|");
    const found = new RegExp(`(?<who>${name})(?:,[^,¶]{1,80},)?\\s+(?<said>${verb})(?![\\p{L}])`, "u").exec(around)
      || new RegExp(`(?<![\\p{L}])(?<said>${verb})\\s+(?<who>${name})`, "u").exec(around);
    return found ? { name: found.groups.who.replace(/[.,]+$/, ""), verb: found.groups.said.replace(/\s+/g, " ") } : {};
  }

  const node = (tag, props = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...inside);
    return made;
  };

  class Form {
    constructor({ view, says, words, defaults, at, focus, why, onSave, onRemove, onClose }) {
      Object.assign(this, { says, at, onSave, onRemove, onClose, defaults });
      this.fields = {};
      this.before = Object.fromEntries(VIEWS.map((name) => [name, says[name]]));
      this.known = sources();
      this.element = node("div", { className: "mark-form", id: "mark-form" });
      this.element.setAttribute("role", "dialog");
      this.element.setAttribute("aria-label", told().texts.title);
      this.element.append(node("p", { className: "mark-words", textContent: words, dir: "auto" }), this.views(), ...PANELS.map((name) => this.panel(name)), this.buttons());
      this.element.addEventListener("keydown", (event) => this.key(event));
      document.body.append(this.element);
      this.show(view, focus);
      // What has to be said is told at once, where the form opens because of it.
      this.problem.textContent = why || "";
      this.place();
      this.away = (event) => { if (!this.element.contains(event.target)) this.close(false); };
      setTimeout(() => document.addEventListener("mousedown", this.away));
    }

    // Beside the words, whatever the form shows of itself.
    place() {
      const { left, top, bottom, width } = this.at;
      const { scrollX, scrollY, innerWidth, innerHeight } = window;
      const box = this.element.getBoundingClientRect();
      const over = bottom + 8 + box.height > innerHeight && top - box.height - 8 > 0;
      this.element.style.insetBlockStart = `${scrollY + Math.max(8, over ? top - box.height - 8 : Math.min(bottom + 8, innerHeight - box.height - 8))}px`;
      this.element.style.left = `${scrollX + Math.max(8, Math.min(left + width / 2 - box.width / 2, innerWidth - box.width - 24))}px`;
    }

    views() {
      const set = node("div", { className: "mark-views" });
      set.setAttribute("role", "radiogroup");
      set.setAttribute("aria-label", told().texts.what);
      for (const name of VIEWS) {
        const input = node("input", { type: "radio", name: "mark-view", value: name });
        input.addEventListener("change", () => this.show(name));
        set.append(node("label", { title: told().texts[`${name}_key`] }, input, ` ${told().texts[name]}`));
      }
      return set;
    }

    panel(name) {
      const panel = node("div", { className: "mark-panel" });
      panel.dataset.view = name;
      const values = this.says[name] || this.defaults[name] || {};
      if (name === "source") panel.append(this.chooser());
      for (const [key, kind] of told().fields[name]) panel.append(this.field(name, key, kind, values[key]));
      return panel;
    }

    chooser() {
      const select = node("select", { id: "mark-source-which" }, new Option(told().texts.no_source, ""));
      for (const one of this.known) select.append(new Option(one.title || one.publisher || one.url || told().choices["source.kind"][one.kind], one.id));
      select.append(new Option(told().texts.new_source, "new"));
      select.value = this.says.source?.id || "";
      if (this.says.source && !select.value) select.value = "new";
      select.addEventListener("change", () => { this.fill(this.known.find((one) => one.id === select.value) || {}); this.settle(); });
      this.which = select;
      return node("div", { className: "mark-field" }, node("label", { htmlFor: select.id, textContent: told().texts.which }), select);
    }

    field(facet, key, kind, value) {
      const id = `mark-${facet}-${key}`;
      const label = told().texts[`${facet}.${key}`];
      const row = node("div", { className: `mark-field mark-${key}` });
      if (kind === "person" || kind === "event") {
        row.append(node("label", { htmlFor: id, textContent: label }));
        row.insertAdjacentHTML("beforeend", told().pickers[kind]);
        const picker = row.querySelector(".picker");
        const input = row.querySelector(".picker-find input");
        const chosen = kind === "person" ? this.says.statement?.speaker : this.says.event?.same;
        const name = kind === "person" ? value : this.says.event?.same && told().texts.same_event;
        if (chosen) picker.querySelector(".picker-chosen").append(Object.assign(node("li", { textContent: name })));
        if (chosen) picker.querySelector(".picker-chosen li").dataset.id = chosen;
        else if (value && kind === "person") input.value = value;
        this.fields[`${facet}.${key}`] = {
          input,
          get: () => ({ id: picker.querySelector(".picker-chosen li")?.dataset.id, name: picker.querySelector(".picker-chosen li span")?.textContent || input.value.trim() }),
        };
        picker.addEventListener("change", () => { if (kind === "event") this.sameEvent(picker); });
        return row;
      }
      let input;
      if (kind === "choice") {
        input = node("select", { id });
        for (const [choice, text] of Object.entries(told().choices[`${facet}.${key}`])) input.append(new Option(text, choice));
        input.value = value === undefined ? Object.keys(told().choices[`${facet}.${key}`])[0] : String(value);
        input.addEventListener("change", () => this.settle());
      } else {
        input = node("input", { id, type: "text", autocomplete: "off", dir: kind === "url" || kind === "date" ? "ltr" : "auto", value: value || "", maxLength: kind === "url" ? 600 : 255 });
        if (kind === "date") Object.assign(input, { placeholder: told().texts.date_form, pattern: "\\d{4}(-\\d\\d(-\\d\\d(T\\d\\d:\\d\\d)?)?)?", title: told().texts.date_help });
      }
      this.fields[`${facet}.${key}`] = { input, get: () => input.value.trim() };
      row.append(node("label", { htmlFor: id, textContent: label }), input);
      return row;
    }

    sameEvent(picker) {
      const name = picker.querySelector(".picker-chosen li span")?.textContent;
      const what = this.fields["event.what"].input;
      if (name && !what.value.trim()) what.value = name;
    }

    fill(source) {
      for (const [key] of told().fields.source) {
        const { input } = this.fields[`source.${key}`];
        input.value = source[key] || (input.tagName === "SELECT" ? input.options[0].value : "");
      }
    }

    settle() {
      const source = this.element.querySelector("[data-view=source]");
      source.classList.toggle("mark-open", Boolean(this.which.value));
      source.classList.toggle("mark-unnamed", this.fields["source.kind"].input.value === "anonymous");
      if (this.problem) this.place();
    }

    buttons() {
      const save = node("button", { type: "button", className: "button button-small", textContent: told().texts.save });
      const cancel = node("button", { type: "button", className: "button button-small button-secondary", textContent: told().texts.cancel });
      save.addEventListener("click", () => this.save());
      cancel.addEventListener("click", () => this.close());
      this.problem = node("p", { className: "mark-problem" });
      this.problem.setAttribute("role", "alert");
      const row = node("div", { className: "mark-buttons" }, save, cancel);
      if (idsOf(this.says).length) {
        const remove = node("button", { type: "button", className: "button button-small no", textContent: told().texts.remove });
        remove.addEventListener("click", () => { this.leave(); this.onRemove(); });
        row.append(remove);
      }
      return node("div", {}, this.problem, row);
    }

    show(view, focus) {
      this.view = view;
      this.element.dataset.view = view;
      this.element.querySelector(`input[name=mark-view][value=${view}]`).checked = true;
      if (view === "source" && !this.which.value) this.which.value = "new";
      this.settle();
      const first = { statement: "statement.speaker", source: "source.kind", event: "event.what" }[view];
      // The picker takes the field over a moment after it is in the page.
      setTimeout(() => {
        const { input } = this.fields[focus || first];
        input.focus();
        // People who are called nearly so are shown at once.
        if (focus && input.value) input.dispatchEvent(new Event("input"));
      });
    }

    values(name) {
      const facet = { id: this.before[name]?.id || crypto.randomUUID() };
      for (const [key] of told().fields[name]) {
        const value = this.fields[`${name}.${key}`].get();
        if (key === "speaker") {
          facet.name = value.name;
          if (value.id) facet.speaker = Number(value.id);
        } else if (key === "same") {
          if (value.id) facet.same = value.id;
        } else if (key === "quoted") {
          if (value === "false") facet.quoted = false;
        } else if (value) {
          facet[key] = value;
        }
      }
      return facet;
    }

    save() {
      const says = {};
      for (const name of ["statement", "event"]) {
        if (this.view !== name && !this.before[name]) continue;
        const facet = this.values(name);
        if (isMeant(name, facet)) says[name] = facet;
        else if (this.view === name) return this.refuse(told().texts[`${name}_needs`], this.fields[name === "event" ? "event.what" : "statement.speaker"]);
      }
      const which = this.which.value;
      if (which) {
        const facet = { ...this.values("source"), id: which === "new" ? crypto.randomUUID() : which };
        if (isMeant("source", facet)) says.source = facet;
        else return this.refuse(told().texts.source_needs, this.fields["source.title"]);
      } else if (this.view === "source") return this.refuse(told().texts.source_needs, { input: this.which });
      const wrong = this.element.querySelector("input:invalid");
      if (wrong) return this.refuse(told().texts.date_help, { input: wrong });
      this.leave();
      return this.onSave(says);
    }

    refuse(text, { input }) {
      this.problem.textContent = text;
      input.focus();
    }

    key(event) {
      // The desk's own shortcuts are for the page behind.
      event.stopPropagation();
      if (event.key === "Escape") {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && !event.defaultPrevented && event.target.matches("input, select")) {
        event.preventDefault();
        this.save();
      } else if (event.key === "Tab") {
        const all = [...this.element.querySelectorAll("input:not([type=hidden]), select, button")].filter((one) => one.offsetParent && one.tabIndex >= 0);
        const edge = event.shiftKey ? all[0] : all[all.length - 1];
        if (document.activeElement === edge) {
          event.preventDefault();
          all[event.shiftKey ? all.length - 1 : 0].focus();
        }
      }
    }

    leave() {
      document.removeEventListener("mousedown", this.away);
      this.element.remove();
    }

    close(back = true) { this.leave(); this.onClose(back); }
  }

  const rangeOf = (block, from, to) => SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: from, focusOffset: to });

  // Words in a paragraph of an editor, `{paragraph, from, to, words}`, as long as they stand there and can be marked.
  function placed({ paragraph, from, to, words }) {
    const editor = within(paragraph.closest("[data-draftail-editor-wrapper]"));
    if (!editor?.props.entityTypes.some(({ type }) => type === TYPE)) return null;
    const block = editor.getEditorState().getCurrentContent().getBlockForKey(paragraph.dataset.offsetKey?.split("-")[0]);
    return block?.getText().slice(from, to) === words ? { editor, block, from, to } : null;
  }

  // From now on these of the editor's words say this as well; one step to undo.
  function say(editor, found, facets) {
    const state = editor.getEditorState();
    const parts = found.filter((one) => one.editor === editor);
    const next = put(state, changed(state.getCurrentContent(), parts, (held) => ({ ...held, ...facets })));
    const { block, to } = parts.at(-1);
    editor.onChange(EditorState.forceSelection(next, rangeOf(block, to, to)));
  }

  // What `proposed.js` asks for when somebody takes a proposal up.
  window.deskMarks = {
    can: (places) => places.length > 0 && places.every(placed),
    isSaid: (name, places) => places.some((place) => {
      const one = placed(place);
      return one && [...runs(one.block, one.from, one.to)].some(({ key }) => saysOf(dataOf(one.editor.getEditorState().getCurrentContent(), key))[name]);
    }),
    take(name, facet, places) {
      const found = places.map(placed);
      if (!found.length || !found.every(Boolean)) return false;
      const facets = { [name]: { id: crypto.randomUUID(), ...facet } };
      for (const editor of new Set(found.map((one) => one.editor))) say(editor, found, facets);
      setTimeout(() => found.at(-1).editor.focus());
      return true;
    },
    ask(asked) {
      const found = asked.places.map(placed);
      if (!found.length || !found.every(Boolean)) return false;
      const [{ editor, block, from, to }] = found;
      editor.focus();
      editor.onChange(EditorState.forceSelection(editor.getEditorState(), rangeOf(block, from, to)));
      proposed = asked;
      wanted = asked.name;
      editor.onRequestSource(TYPE);
      return true;
    },
  };

  class MarkSource extends React.Component {
    componentDidMount() {
      const { editorState, entity, onComplete, onClose } = this.props;
      const content = editorState.getCurrentContent();
      const taken = proposed;
      proposed = null;
      const found = taken?.places.map(placed);
      const here = found?.filter((one) => one.editor.getEditorState() === editorState);
      let selection = here ? rangeOf(here[0].block, here[0].from, here[0].to) : editorState.getSelection();
      const block = content.getBlockForKey(selection.getStartKey());
      const says = taken ? {} : saysOf(entity);
      const { start, end, around } = sentence(block, selection.getStartOffset(), selection.getStartKey() === selection.getEndKey() ? selection.getEndOffset() : block.getLength());
      if (selection.isCollapsed() && !idsOf(says).length) selection = selection.merge({ anchorOffset: start, focusOffset: end, isBackward: false });
      // All of what an entity stands on, wherever the caret was.
      const parts = idsOf(says).length
        ? whole(content).map((part) => ({ ...part, mine: true }))
        : here || selected(content, selection);
      const mine = JSON.stringify(says);
      const words = idsOf(says).length
        ? parts.flatMap(({ block: one }) => [...runs(one)].filter(({ key }) => JSON.stringify(saysOf(dataOf(content, key))) === mine).map((run) => one.getText().slice(run.start, run.end))).join(" … ")
        : (found || parts).map(({ block: one, from, to }) => one.getText().slice(from, to)).join(" … ");
      if (!words.trim()) { onClose(); return; }
      const view = wanted || VIEWS.find((name) => says[name]) || "statement";
      wanted = "";
      const day = document.querySelector("[data-schedule-day]")?.dataset.scheduleDay || told().today;
      const place = document.getElementById("id_dateline")?.value.trim() || "";
      const guess = selection.isCollapsed() ? {} : guessed(around);
      const isQuoted = /["“„«‹「『]\s*$/.test(block.getText().slice(0, selection.getStartOffset())) || /^\s*["“„«‹「『]/.test(words);
      const defaults = taken ? { [taken.name]: { ...taken.facet, speaker: taken.facet.name } } : {
        statement: { date: day, place, quoted: isQuoted, ...guess, speaker: guess.name },
        event: { date: day, place, what: words.length <= 80 ? words : "" },
      };
      const finish = (facets) => {
        const isOld = idsOf(says).length > 0;
        let next = changed(content, parts, (held) => {
          if (isOld && JSON.stringify(held) !== mine) return null;
          return isOld ? facets : { ...held, ...facets };
        });
        next = changed(next, whole(next), inAgreement(facets));
        // Of the other fields before this one: then the focus comes back to it.
        for (const editor of editors()) {
          const other = editor.getEditorState();
          if (other.getCurrentContent() === content) continue;
          const agreed = changed(other.getCurrentContent(), whole(other.getCurrentContent()), inAgreement(facets));
          if (agreed !== other.getCurrentContent()) editor.onChange(put(other, agreed));
        }
        if (taken) {
          for (const { editor } of found) if (!here.some((one) => one.editor === editor)) say(editor, found, facets);
          selection = rangeOf(here.at(-1).block, here.at(-1).from, here.at(-1).to);
          setTimeout(() => taken.done(facets), 60);
        }
        const to = selection.merge({ anchorKey: selection.getEndKey(), anchorOffset: selection.getEndOffset(), focusKey: selection.getEndKey(), focusOffset: selection.getEndOffset(), isBackward: false });
        onComplete(EditorState.acceptSelection(put(editorState, next), to));
      };
      this.form = new Form({ view, says, words, defaults, at: this.at(), focus: taken?.focus, why: taken?.why, onSave: finish, onClose: (back) => this.close(back, editorState.getSelection()), onRemove: () => finish({}) });
    }

    // Draftail gives the focus back only when something has changed, and then not to the words.
    close(back, selection) {
      const editor = editors().find((one) => one.getEditorState() === this.props.editorState);
      this.props.onClose();
      if (back) setTimeout(() => {
        editor?.focus();
        setTimeout(() => editor?.onChange(EditorState.forceSelection(editor.getEditorState(), selection.merge({ hasFocus: true }))));
      }, 50);
    }

    componentWillUnmount() { this.form?.element.remove(); }

    at() {
      const range = window.getSelection().rangeCount ? window.getSelection().getRangeAt(0) : null;
      const box = range?.getBoundingClientRect();
      const place = box && (box.width || box.top) ? box : (range?.startContainer.parentElement || document.body).getBoundingClientRect();
      return { left: place.left, top: place.top, bottom: place.bottom, width: place.width };
    }

    render() { return null; }
  }

  const Decorator = ({ entityKey, contentState, children, onEdit }) => {
    const says = saysOf(contentState.getEntity(entityKey));
    const kinds = VIEWS.filter((name) => says[name]);
    const title = kinds.map((name) => `${told().texts[name]}: ${says[name].name || says[name].title || says[name].what || says[name].publisher || told().choices["source.kind"][says[name].kind] || ""}`).join(" · ");
    const link = contentState.getEntity(entityKey).getData().link ? " desk-said-link" : "";
    return React.createElement("span", {
      className: `desk-said ${kinds.map((name) => `desk-said-${name}`).join(" ")}${link}`, title: `${title} (${told().texts.change})`, onDoubleClick: () => onEdit(entityKey),
    }, children);
  };

  // A link made on marked words goes into the mark; Wagtail's would take its place.
  function kept(before, next) {
    if (!next || next.getCurrentContent() === before.getCurrentContent()) return next;
    const old = before.getCurrentContent();
    let content = next.getCurrentContent();
    for (const block of content.getBlocksAsArray()) {
      const was = old.getBlockForKey(block.getKey());
      if (!was || was.getText() !== block.getText()) continue;
      for (const { start, end, key } of runs(block)) {
        const entity = dataOf(next.getCurrentContent(), key);
        if (entity?.getType() !== "LINK") continue;
        for (const run of runs(was, start, end)) {
          const says = saysOf(dataOf(old, run.key));
          if (!idsOf(says).length) continue;
          content = content.createEntity(TYPE, "MUTABLE", { says: JSON.stringify(says), link: entity.getData() });
          const range = SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: run.start, focusOffset: run.end });
          content = Modifier.applyEntity(content, range, content.getLastCreatedEntityKey());
        }
      }
    }
    return content === next.getCurrentContent() ? next : EditorState.set(next, { currentContent: content });
  }

  const plugins = draftail.registerPlugin({ type: TYPE, source: MarkSource, decorator: Decorator }, "entityTypes");
  const link = plugins.LINK;
  const Linking = (props) => React.createElement(link.source, {
    ...props,
    entity: props.entity?.getType() === TYPE ? null : props.entity,
    onComplete: (next) => props.onComplete(kept(props.editorState, next)),
  });
  if (link) draftail.registerPlugin({ ...link, source: Linking }, "entityTypes");

  document.addEventListener("keydown", (event) => {
    const view = { KeyS: "statement", KeyR: "source", KeyE: "event" }[event.code];
    // The right Alt key of many keyboards is Ctrl and Alt at once, and writes letters.
    if (!view || !event.altKey || !(event.ctrlKey || event.metaKey) || event.getModifierState("AltGraph")) return;
    const editor = within(event.target.closest?.("[data-draftail-editor-wrapper]"));
    if (!editor || editor.state.sourceOptions || !editor.props.entityTypes.some(({ type }) => type === TYPE)) return;
    event.preventDefault();
    event.stopPropagation();
    wanted = view;
    editor.onRequestSource(TYPE);
  }, true);
})();
