// Statements and events that the text seems to tell of: a quiet underline in the editor, a list under it, and a key from one to the next.
(() => {
  const panel = document.getElementById("desk-proposed");
  if (!panel) return;
  const { url, language, languages, day, texts } = JSON.parse(document.getElementById("desk-proposed-data").textContent);
  const list = panel.querySelector("ol");
  const state = panel.querySelector("[role=status]");
  const field = document.getElementById("id_language");
  const IDLE = 1_500;
  const kept = `desk-dismissed:${location.pathname}`;
  let dismissed = new Set();
  try { dismissed = new Set(JSON.parse(sessionStorage.getItem(kept) || "[]")); } catch { /* Nothing was dismissed, as far as is known. */ }
  let asked = "";
  let shown = [];

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

  const keyOf = (one) => `${one.kind}:${one.words.join(" ")}`;
  const underline = () => {
    if (!CSS.highlights) return;
    CSS.highlights.set("desk-proposed", new Highlight(...shown.flatMap((one) => one.ranges)));
  };
  const buttons = () => [...list.querySelectorAll("button.desk-proposed-go")];

  const go = (one) => {
    const [first] = one.ranges;
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

  const show = (found, paragraphs) => {
    const focused = buttons().indexOf(document.activeElement);
    shown = found.filter((one) => !dismissed.has(keyOf(one)));
    for (const one of shown) one.ranges = rangesOf(one, paragraphs);
    list.replaceChildren(...shown.map((one) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", className: "desk-proposed-go", textContent: line(one) });
      const away = Object.assign(document.createElement("button"), { type: "button", className: "desk-proposed-away", textContent: "×" });
      away.setAttribute("aria-label", `${texts.dismiss}: ${one.words[0].slice(0, 60)}`);
      button.addEventListener("click", () => go(one));
      button.addEventListener("keydown", (event) => { if (event.key === "Delete") { event.preventDefault(); dismiss(one, item); } });
      away.addEventListener("click", () => dismiss(one, item));
      item.append(button, away);
      return item;
    }));
    state.textContent = shown.length ? "" : texts.none;
    underline();
    if (focused >= 0) buttons()[focused]?.focus();
  };

  const ask = async () => {
    const tag = field?.value || language;
    if (!languages.includes(tag.split("-")[0].toLowerCase())) {
      asked = "";
      show([], []);
      state.textContent = texts.unread;
      return;
    }
    const { text, paragraphs } = read();
    const question = `${tag} ${text}`;
    if (question === asked) {
      // The same words, perhaps drawn anew: what was taken back and written again.
      for (const one of shown) one.ranges = rangesOf(one, paragraphs);
      underline();
      return;
    }
    asked = question;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    try {
      const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ text, language: tag, day }) });
      if (!answer.ok) throw new Error(answer.status);
      const { proposals } = await answer.json();
      // Somebody went on writing: what comes of that is on its way.
      if (question === asked) show(proposals, read().paragraphs.length === paragraphs.length ? read().paragraphs : paragraphs);
    } catch {
      asked = "";
      state.textContent = texts.unreachable;
    }
  };

  let timer = 0;
  const later = () => { clearTimeout(timer); timer = setTimeout(ask, IDLE); };
  document.querySelector("form[data-edit-form]")?.addEventListener("input", later);
  document.querySelector("form[data-edit-form]")?.addEventListener("keyup", later);
  field?.addEventListener("change", later);
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyJ" || !shown.length) return;
    event.preventDefault();
    const all = buttons();
    all[(all.indexOf(document.activeElement) + 1) % all.length].focus();
  });
  window.addEventListener("load", later);
})();
