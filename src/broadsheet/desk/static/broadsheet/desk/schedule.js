// Says beside the Publish button what it will do: at once, or when. Times are compared as the newsroom's clock writes them.
(() => {
  const fill = (text, time) => text.replace("%(time)s", time);

  class Schedule extends window.StimulusModule.Controller {
    static values = { zone: String };

    connect() {
      this.texts = JSON.parse(document.getElementById("schedule-texts").textContent);
      this.tell = this.tell.bind(this);
      // The date chooser sets values without an event of its own that bubbles.
      for (const type of ["input", "change", "focusout"]) this.element.addEventListener(type, this.tell);
      this.clock = setInterval(this.tell, 20_000);
      this.tell();
    }

    disconnect() { clearInterval(this.clock); }

    now() {
      return new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "short", timeZone: this.zoneValue }).format(new Date());
    }

    tell() {
      const [from, until] = ["go_live_at", "expire_at"].map((name) => this.element.querySelector(`[name=${name}]`)?.value.trim() || "");
      const { texts } = this;
      const later = from > this.now();
      let text = from ? (later ? fill(texts.at, from) : texts.past) : texts.now;
      if (until) text += `; ${fill(texts.until, until)}`;
      if (from && until && until <= from) text = texts.order;
      const note = document.querySelector("[data-schedule-note]");
      const line = from || until ? `${text} (${this.zoneValue})` : text;
      if (note && note.textContent !== line) note.textContent = line;
      const label = document.querySelector("[name=action-publish] [data-w-progress-target=label]");
      if (label) label.textContent = later ? texts.schedule : texts.publish;
    }
  }

  window.wagtail.app.register("schedule", Schedule);
})();
