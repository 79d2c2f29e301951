// Statements and events that the text seems to tell of: a quiet underline in the editor, a list under it, a key from one to the next,
// and one that makes a mark of it.
(() => {
  const panel = document.getElementById("desk-proposed");
  if (!panel) return;
  const { url, speaker, language, languages, day, texts } = JSON.parse(document.getElementById("desk-proposed-data").textContent);
  const list = panel.querySelector("ol");
  const state = panel.querySelector(".desk-proposed-state");
  const told = panel.querySelector(".desk-proposed-told");
  const field = document.getElementById("id_language");
  const IDLE = 1_500;
  const kept = `desk-dismissed:${location.pathname}`;
  let dismissed = new Set();
  try { dismissed = new Set(JSON.parse(sessionStorage.getItem(kept) || "[]")); } catch { /* Nothing was dismissed, as far as is known. */ }
  let asked = "";
  let found = [];
  let shown = [];
  let taking = false;

  // The paragraphs of all running text, as they stand in the editor, and where each begins in the text that is sent.
  const read = () => {
    const paragraphs = [];
    let text = "";
    for (const element of document.querySelectorAll(".public-DraftEditor-content [data-block=true]")) {
      if (element.querySelector("[data-block=true]") || element.closest("[aria-hidden=true]")) continue;
      if (text) text += "\n\n";
      paragraphs.push({ element, start: text.length });
      text += element.textContent;
    }
    return { text, paragraphs };
  };

  const rangesOf = ({ spans }, paragraphs) => spans.map(([start, end]) => {
    const at = paragraphs.findLast((one) => one.start <= start);
    const range = document.createRange();
    if (!at?.element.isConnected) return null;
    const walker = document.createTreeWalker(at.element, NodeFilter.SHOW_TEXT);
    let here = at.start;
    let begun = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!begun && start < here + node.length) { range.setStart(node, start - here); begun = true; }
      if (begun && end <= here + node.length) { range.setEnd(node, end - here); return range; }
      here += node.length;
    }
    return null;
  }).filter(Boolean);

  const STATES = { happened: "held", planned: "planned", cancelled: "cancelled" };
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, key) => values[key]);
  const say = (...parts) => { told.textContent = parts.filter(Boolean).join(" "); };

  // The same for who marks: characters of a paragraph.
  const placesOf = ({ spans, words }, paragraphs) => spans.map(([start, end], n) => {
    const at = paragraphs.findLast((one) => one.start <= start);
    return { paragraph: at.element, from: start - at.start, to: end - at.start, words: words[n] };
  });

  const keyOf = (one) => `${one.kind}:${one.words.join(" ")}`;
  const underline = () => {
    if (!CSS.highlights) return;
    CSS.highlights.set("desk-proposed", new Highlight(...shown.flatMap((one) => one.ranges)));
  };
  const buttons = () => [...list.querySelectorAll("button.desk-proposed-go")];

  let last;
  const go = (one) => {
    const [first] = one.ranges;
    last = one;
    if (!first) return;
    first.startContainer.parentElement.closest("[contenteditable=true]")?.focus({ preventScroll: true });
    getSelection().setBaseAndExtent(first.startContainer, first.startOffset, first.endContainer, first.endOffset);
    first.startContainer.parentElement.scrollIntoView({ block: "center" });
  };

  const dismiss = (one, item) => {
    const at = buttons().indexOf(item.querySelector(".desk-proposed-go"));
    dismissed.add(keyOf(one));
    try { sessionStorage.setItem(kept, JSON.stringify([...dismissed].slice(-500))); } catch { /* It comes back when the page does. */ }
    shown = shown.filter((other) => other !== one);
    item.remove();
    underline();
    (buttons()[at] || buttons()[at - 1])?.focus();
    if (!shown.length) state.textContent = texts.none;
  };

  const line = (one) => {
    const words = one.words.join(" … ");
    if (one.kind === "event") return [one.what, texts[one.state], one.when?.text, one.place].filter(Boolean).join(" · ");
    const who = one.speaker ? one.speaker.name || one.speaker.text : texts.somebody;
    return [[who, one.speaker?.role].filter(Boolean).join(", "), one.cue, one.quoted ? `“${words}”` : words].filter(Boolean).join(" · ");
  };

  const isMarked = (one, paragraphs) => Boolean(window.deskMarks?.isSaid(one.kind, placesOf(one, paragraphs)));

  // What is marked already is not proposed; what is taken back is proposed again.
  const settle = () => {
    const { paragraphs } = read();
    const before = shown.map(keyOf).join("\n");
    const open = found.filter((one) => !dismissed.has(keyOf(one)) && !isMarked(one, paragraphs));
    if (open.map(keyOf).join("\n") !== before) { show(paragraphs); return; }
    for (const one of shown) one.ranges = rangesOf(one, paragraphs);
    underline();
  };

  const show = (paragraphs) => {
    const focused = buttons().indexOf(document.activeElement);
    shown = found.filter((one) => !dismissed.has(keyOf(one)) && !isMarked(one, paragraphs));
    for (const one of shown) one.ranges = rangesOf(one, paragraphs);
    list.replaceChildren(...shown.map((one) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", className: "desk-proposed-go", textContent: line(one) });
      const mark = Object.assign(document.createElement("button"), { type: "button", className: "desk-proposed-take", textContent: texts.take, title: "Alt+M" });
      mark.setAttribute("aria-label", `${texts.take}: ${one.words[0].slice(0, 60)}`);
      mark.addEventListener("click", () => take(one));
      const away = Object.assign(document.createElement("button"), { type: "button", className: "desk-proposed-away", textContent: "×" });
      away.setAttribute("aria-label", `${texts.dismiss}: ${one.words[0].slice(0, 60)}`);
      button.addEventListener("click", () => go(one));
      // Its words in the text, while the line has the focus.
      button.addEventListener("focus", () => CSS.highlights?.set("desk-proposed-here", new Highlight(...one.ranges)));
      button.addEventListener("blur", () => CSS.highlights?.delete("desk-proposed-here"));
      button.addEventListener("keydown", (event) => { if (event.key === "Delete") { event.preventDefault(); dismiss(one, item); } });
      away.addEventListener("click", () => dismiss(one, item));
      item.append(button, mark, away);
      return item;
    }));
    state.textContent = shown.length ? "" : texts.none;
    underline();
    if (focused >= 0) (buttons()[focused] || buttons().at(-1))?.focus();
  };

  // The proposal in the text at the caret: the one that was gone to, else the shortest there.
  const here = () => {
    const row = document.activeElement?.closest?.(".desk-proposed-list li");
    if (row) return shown[[...list.children].indexOf(row)];
    const selection = getSelection();
    if (!selection.rangeCount || !document.activeElement?.isContentEditable) return null;
    const range = selection.getRangeAt(0);
    const at = shown.filter((one) => one.ranges.some((part) => part.isPointInRange(range.startContainer, range.startOffset) && part.isPointInRange(range.endContainer, range.endOffset)));
    const length = (one) => one.words.join("").length;
    return at.includes(last) && !selection.isCollapsed ? last : at.sort((one, other) => length(one) - length(other))[0];
  };

  // The next line of the list: behind the one that has the focus, or behind the caret.
  const next = () => {
    const all = buttons();
    const at = all.indexOf(document.activeElement?.closest(".desk-proposed-list li")?.querySelector(".desk-proposed-go"));
    if (at >= 0 || !document.activeElement?.isContentEditable || !getSelection().rangeCount) return all[(at + 1) % all.length];
    const { endContainer, endOffset } = getSelection().getRangeAt(0);
    // Behind it, as its beginning is: of paragraphs as of words.
    const behind = shown.findIndex(({ ranges: [first] }) => first?.startContainer.isConnected && first.comparePoint(endContainer, endOffset) < 0);
    return all[Math.max(behind, 0)];
  };

  const facetOf = async (one) => {
    const facet = {};
    const isDay = one.when?.date && one.when.precision !== "week";
    if (isDay) facet.date = one.when.date;
    if (one.place) facet.place = one.place;
    if (one.kind === "event") {
      Object.assign(facet, { what: one.what, state: STATES[one.state] || "planned" });
      return { facet, focus: !isDay ? "event.date" : !STATES[one.state] ? "event.state" : "", why: !isDay ? texts.undated : texts.uncertain };
    }
    const name = one.speaker?.name || one.speaker?.text || "";
    if (!one.quoted) facet.quoted = false;
    if (one.speaker?.role) facet.role = one.speaker.role;
    if (one.cue) facet.verb = one.cue.toLowerCase().slice(0, 60);
    if (name) facet.name = name;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const answer = name && await fetch(speaker, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ name }) }).catch(() => null);
    const who = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!who || who.unsure) {
      // A pronoun is nobody's name, and where the desk does not answer somebody sees what is kept.
      return { facet, focus: "statement.speaker", why: texts.unsure };
    }
    facet.name = who.name;
    if (who.id) facet.speaker = who.id;
    return { facet, note: who.id ? "" : texts.alone };
  };

  const done = (one, facet, note) => {
    settle();
    say(fill(texts[one.kind], { name: facet.name || facet.what }), note, shown.length ? fill(texts.left, { count: shown.length }) : "");
  };

  const take = async (wanted) => {
    if (taking || !wanted) return;
    taking = true;
    try {
      // Somebody went on writing: the words are looked for anew.
      if (read().text !== asked.slice(asked.indexOf(" ") + 1)) await ask();
      const one = shown.find((other) => keyOf(other) === keyOf(wanted));
      const places = one ? placesOf(one, read().paragraphs) : [];
      if (!window.deskMarks?.can(places)) { say(texts.unmarkable); return; }
      const { facet, focus, why, note } = await facetOf(one);
      if (focus) {
        say("");
        window.deskMarks.ask({ name: one.kind, facet, places, focus, why, done: (facets) => done(one, facets[one.kind] || facet, "") });
      } else if (window.deskMarks.take(one.kind, facet, places)) {
        setTimeout(() => done(one, facet, note), 30);
      } else say(texts.unmarkable);
    } finally { taking = false; }
  };

  const ask = async () => {
    const tag = field?.value || language;
    if (!languages.includes(tag.split("-")[0].toLowerCase())) {
      asked = "";
      found = [];
      show([]);
      state.textContent = texts.unread;
      return;
    }
    const { text, paragraphs } = read();
    const question = `${tag} ${text}`;
    if (question === asked) {
      // The same words, perhaps drawn anew: what was taken back and written again.
      settle();
      return;
    }
    asked = question;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    try {
      const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ text, language: tag, day }) });
      if (!answer.ok) throw new Error(answer.status);
      const { proposals } = await answer.json();
      // Somebody went on writing: what comes of that is on its way.
      if (question !== asked) return;
      found = proposals;
      show(read().paragraphs.length === paragraphs.length ? read().paragraphs : paragraphs);
    } catch {
      asked = "";
      state.textContent = texts.unreachable;
    }
  };

  let timer = 0;
  const later = () => { clearTimeout(timer); timer = setTimeout(ask, IDLE); };
  document.querySelector("form[data-edit-form]")?.addEventListener("input", later);
  document.querySelector("form[data-edit-form]")?.addEventListener("keyup", later);
  document.querySelector("form[data-edit-form]")?.addEventListener("keydown", (event) => {
    if (event.code !== "KeyZ" || !(event.ctrlKey || event.metaKey)) return;
    const before = shown.length;
    // The editor draws the text anew in its own time.
    const look = (times) => setTimeout(() => {
      settle();
      if (shown.length > before) say(texts.back);
      else if (times) look(times - 1);
    }, 60);
    look(10);
  });
  field?.addEventListener("change", later);
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !["KeyJ", "KeyM"].includes(event.code)) return;
    if (event.code === "KeyJ" && shown.length) {
      event.preventDefault();
      next().focus();
    } else if (event.code === "KeyM" && (document.activeElement?.isContentEditable || panel.contains(document.activeElement))) {
      event.preventDefault();
      const one = here();
      if (one) take(one);
      else say(texts.nothing_here);
    }
  });
  window.addEventListener("load", later);
})();
