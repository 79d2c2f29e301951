// A field that finds by typing. Chosen things are entries in front of the text; suggestions are a listbox under it
// (ARIA combobox, list autocomplete with manual selection by arrows or the first one by Enter).
(() => {
  const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value
    || JSON.parse(document.getElementById("wagtail-config")?.textContent || "{}").CSRF_TOKEN;
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, key) => values[key]);

  class Picker extends window.StimulusModule.Controller {
    static targets = ["input", "chosen", "list", "hint", "status"];
    static values = { name: String, url: String, create: String, multiple: Boolean, texts: Object };

    connect() {
      // What is typed is no answer until it is chosen.
      this.inputTarget.removeAttribute("name");
      this.hintTarget.textContent = "";
      this.options = [];
      this.active = -1;
      const input = this.inputTarget;
      for (const [key, value] of Object.entries({
        role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listTarget.id,
      })) input.setAttribute(key, value);
      for (const item of [...this.chosenTarget.children]) {
        item.replaceWith(this.entry(item.dataset.id, item.textContent.trim()));
      }
      this.on = {
        input: () => this.later(), keydown: (event) => this.key(event), blur: () => this.leave(), focus: () => this.say(""),
      };
      for (const [type, handler] of Object.entries(this.on)) input.addEventListener(type, handler);
      this.element.classList.add("picker-on");
      this.element.addEventListener("click", this.aim = (event) => {
        if (event.target === this.element || event.target === this.chosenTarget) input.focus();
      });
      // Somebody has just pressed “Add byline”. Wagtail gave the focus to the new form's frame; the caret belongs into the field.
      const frame = document.activeElement;
      if (frame?.id.startsWith("inline_child_") && frame.contains(input)) input.focus();
    }

    disconnect() {
      for (const [type, handler] of Object.entries(this.on || {})) this.inputTarget.removeEventListener(type, handler);
      this.element.removeEventListener("click", this.aim);
      clearTimeout(this.timer);
    }

    entry(id, name) {
      const item = document.createElement("li");
      item.dataset.id = id;
      const value = Object.assign(document.createElement("input"), { type: "hidden", name: this.nameValue, value: id });
      const label = Object.assign(document.createElement("span"), { textContent: name, dir: "auto" });
      const button = Object.assign(document.createElement("button"), { type: "button", tabIndex: -1, textContent: "×" });
      button.setAttribute("aria-label", fill(this.textsValue.remove, { name }));
      button.addEventListener("click", () => { this.remove(item); this.inputTarget.focus(); });
      button.addEventListener("keydown", (event) => this.walk(event, item));
      item.append(value, label, button);
      return item;
    }

    ids() { return [...this.chosenTarget.children].map((item) => item.dataset.id); }

    changed() { this.element.dispatchEvent(new Event("change", { bubbles: true })); }

    say(text) { this.statusTarget.textContent = text; this.hintTarget.textContent = ""; }

    add({ id, name }) {
      if (!this.multipleValue) this.chosenTarget.replaceChildren();
      if (!this.ids().includes(String(id))) this.chosenTarget.append(this.entry(id, name));
      this.say(fill(this.textsValue.added, { name }));
      this.changed();
    }

    remove(item) {
      const name = item.querySelector("span").textContent;
      item.remove();
      this.say(fill(this.textsValue.removed, { name }));
      this.changed();
    }

    // Among the entries: left and right walk, Delete, Backspace and Enter remove, anything else goes back to the text.
    walk(event, item) {
      const to = { ArrowLeft: item.previousElementSibling, ArrowRight: item.nextElementSibling }[event.key];
      if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
        event.preventDefault();
        if (to) to.querySelector("button").focus();
        else if (event.key === "ArrowRight") this.inputTarget.focus();
      } else if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        this.remove(item);
        this.inputTarget.focus();
      }
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.find(), 120);
    }

    async find() {
      const text = this.inputTarget.value.trim();
      this.request?.abort();
      if (!text) { this.close(); return; }
      this.request = new AbortController();
      try {
        const answer = await fetch(`${this.urlValue}?q=${encodeURIComponent(text)}`, {
          headers: { "X-Requested-With": "XMLHttpRequest" }, signal: this.request.signal,
        });
        if (!answer.ok) throw new Error(answer.status);
        const { items, exact, create } = await answer.json();
        if (text !== this.inputTarget.value.trim()) return;
        const options = items.map((item) => ({ ...item, taken: this.ids().includes(String(item.id)) }));
        if (create && !exact && this.createValue) options.push({ create: text });
        this.show(options);
        if (this.enterWaits) { this.enterWaits = false; this.pick(0); }
      } catch (error) {
        if (error.name === "AbortError") return;
        this.close();
        this.hintTarget.textContent = this.textsValue.failed;
      }
    }

    show(options) {
      this.options = options;
      this.listTarget.replaceChildren(...options.map((option, number) => {
        const item = document.createElement("li");
        item.id = `${this.listTarget.id}-${number}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        if (option.taken) item.setAttribute("aria-disabled", "true");
        const label = document.createElement("span");
        label.dir = "auto";
        label.textContent = option.create ? fill(this.textsValue.create, { name: option.create }) : option.name;
        item.append(label);
        const note = option.taken ? this.textsValue.chosen : option.note;
        if (note) item.append(" ", Object.assign(document.createElement("small"), { textContent: note }));
        // The text keeps the focus, so that the list is not closed before the click arrives.
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => this.pick(number));
        return item;
      }));
      if (!options.length) { this.close(); this.say(this.textsValue.none); this.hintTarget.textContent = this.textsValue.none; return; }
      this.listTarget.hidden = false;
      this.inputTarget.setAttribute("aria-expanded", "true");
      this.say(fill(this.textsValue.found, { count: options.length }));
      this.mark(0);
    }

    mark(number) {
      this.active = number;
      [...this.listTarget.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === number)));
      const item = this.listTarget.children[number];
      if (!item) { this.inputTarget.removeAttribute("aria-activedescendant"); return; }
      this.inputTarget.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }

    close() {
      this.listTarget.hidden = true;
      this.listTarget.replaceChildren();
      this.options = [];
      this.inputTarget.setAttribute("aria-expanded", "false");
      this.mark(-1);
    }

    async pick(number) {
      const option = this.options[number];
      if (!option || option.taken) return;
      if (!option.create) {
        this.inputTarget.value = "";
        this.close();
        this.add(option);
        return;
      }
      // What is typed meanwhile is the next name.
      this.inputTarget.value = "";
      this.close();
      const body = new FormData();
      body.append("name", option.create);
      const answer = await fetch(this.createValue, {
        method: "POST", body, headers: { "X-CSRFToken": csrf(), "X-Requested-With": "XMLHttpRequest" },
      }).catch(() => null);
      const made = answer && (answer.ok || answer.status === 400) ? await answer.json() : {};
      if (made.id) {
        this.add(made);
        return;
      }
      this.inputTarget.value ||= option.create;
      this.hintTarget.textContent = made.error || this.textsValue.failed;
    }

    key(event) {
      const count = this.options.length;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.isComposing) return;
      if (step) {
        event.preventDefault();
        if (count) this.mark((this.active + step + count) % count);
        else this.find();
      } else if (event.key === "Enter") {
        // Enter never sends the story off by accident.
        event.preventDefault();
        if (count) this.pick(this.active);
        else if (this.inputTarget.value.trim()) this.enterWaits = true;
      } else if (event.key === "Escape" && count) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      } else if ((event.key === "Backspace" || event.key === "ArrowLeft") && !this.inputTarget.value) {
        const last = this.chosenTarget.lastElementChild;
        if (!last) return;
        event.preventDefault();
        if (event.key === "Backspace") this.remove(last);
        else last.querySelector("button").focus();
      }
      if (event.key !== "Enter") this.enterWaits = false;
    }

    leave() {
      this.close();
      this.enterWaits = false;
      const left = this.inputTarget.value.trim();
      if (left) this.hintTarget.textContent = fill(this.textsValue.pending, { name: left });
    }
  }

  window.wagtail.app.register("picker", Picker);
})();
