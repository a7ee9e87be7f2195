// One answer to judge: a verdict per sentence and per recommendation, what is missing, a comment. Every key works here, without
// the server; the server hears which sentence is looked at, and the whole verdict when it is saved.
const SIGN = { supported: "✓", partial: "±", unsupported: "✕", right: "✓", wrong: "✕" };
const KEY_OF = { supported: "1", partial: "2", unsupported: "3", right: "1", wrong: "3" };
const storageKey = (answer, reader) => `tw-review/${answer}/${reader}`;

const stored = (key) => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } };
const store = (key, draft) => {
  try { draft ? sessionStorage.setItem(key, JSON.stringify(draft)) : sessionStorage.removeItem(key); } catch { /* a full or forbidden store */ }
};

// What was saved before, or what was not saved yet: a draft counts while nothing newer of the same reader is kept.
function startDraft(data) {
  const kept = { sentences: {}, recommendations: {}, missing: [], comment: "", corrected: "", ...data.own, base: data.revision };
  const draft = stored(storageKey(data.answer, data.reader));
  if (!draft) return kept;
  return draft.base === data.revision || !draft.save ? { ...kept, ...draft } : kept;
}

function verdictButtons(row, state) {
  const { data, draft } = state;
  const group = el("span", { class: "tw-verdicts", role: "group", "aria-label": data.words.judge });
  for (const [value, name] of Object.entries(row.choices)) {
    const button = el("button", { type: "button", class: `tw-verdict tw-verdict-${value}`, "data-value": value, "aria-keyshortcuts": KEY_OF[value] },
      el("span", { "aria-hidden": "true" }, SIGN[value]), el("span", { class: "tw-verdict-name" }, ` ${name}`));
    button.onclick = () => state.judge(row, row.given[row.id] === value ? null : value);
    group.append(button);
  }
  row.given = row.kind === "sentence" ? draft.sentences : draft.recommendations;
  return group;
}

function judged(row, state, text) {
  const node = el("div", { class: "tw-row", role: "group", tabindex: "-1", "aria-label": row.label },
    el("span", { class: "tw-row-text" }, ...text), verdictButtons(row, state),
    row.kind === "sentence" ? el("p", { class: "tw-machine tw-quiet" }) : null);
  node.addEventListener("focusin", () => state.go(state.rows.indexOf(row), false));
  node.addEventListener("click", () => state.go(state.rows.indexOf(row), false));
  row.node = node;
  state.rows.push(row);
  return el("li", {}, node);
}

function marker(mark, row, state) {
  const button = el("button", { type: "button", class: "tw-marker", "data-n": mark.n, "aria-label": mark.label }, String(mark.n));
  button.onclick = () => state.look(row, mark.n, true);
  return button;
}

function sentences(state) {
  const { data } = state;
  const claims = data.sentences.filter((s) => s.kind === "claim").length;
  let n = 0;
  return el("ol", { class: "tw-judge" }, ...data.sentences.map((s) => {
    if (s.kind !== "claim") return el("li", {}, el("p", { class: "tw-row tw-frame" }, s.text));
    n += 1;
    const row = { kind: "sentence", id: String(s.n), choices: data.words.verdicts, machine: s.machine, marks: s.marks,
      label: data.words.group.replace("{n}", n).replace("{count}", claims) };
    return judged(row, state, [`${s.text} `, ...s.marks.map((mark) => marker(mark, row, state))]);
  }));
}

function recommendations(state) {
  const { data } = state;
  const list = el("ol", { class: "tw-judge tw-judge-cards" }, ...data.recommendations.map((item) =>
    judged({ kind: "recommendation", id: item.id, choices: data.words.recommended, marks: [], label: item.name }, state,
      [el("strong", {}, item.name), el("span", { class: "tw-meta" }, ` ${item.meta}`)])));
  return el("section", { class: "tw-block" }, el("h2", {}, data.words.recommendations),
    data.recommendations.length ? list : el("p", { class: "tw-quiet" }, data.words.no_recommendations), missing(state));
}

// What should have been recommended: found by name, added by a button.
function missing(state) {
  const { data, draft } = state;
  const { words } = data;
  const said = el("p", { class: "tw-quiet", role: "status" });
  const chosen = el("ul", { class: "tw-chosen" });
  const found = el("ul", { class: "tw-found" });
  const field = el("input", { type: "search", class: "tw-field", "aria-label": words.missing_search, placeholder: words.missing_search, autocomplete: "off" });
  const drawChosen = () => chosen.replaceChildren(...draft.missing.map((id) => {
    const name = data.catalogue.find((r) => r.id === id)?.name ?? id;
    const button = el("button", { type: "button", class: "tw-chip", "aria-label": words.missing_remove.replace("{name}", name) }, `${name} ×`);
    button.onclick = () => { draft.missing = draft.missing.filter((other) => other !== id); drawChosen(); state.changed(); field.focus(); };
    return el("li", {}, button);
  }));
  const search = () => {
    const asked = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = asked.length ? data.catalogue.filter((r) => asked.every((word) => r.text.includes(word)) && !draft.missing.includes(r.id)) : [];
    said.textContent = !asked.length ? "" : hits.length ? words.missing_found.replace("{count}", hits.length) : words.missing_none;
    found.replaceChildren(...hits.slice(0, 6).map((r) => {
      const add = el("button", { type: "button", class: "tw-link", "aria-label": `${words.missing_add}: ${r.name}` }, r.name);
      add.onclick = () => { draft.missing.push(r.id); field.value = ""; search(); drawChosen(); state.changed(); field.focus(); };
      return el("li", {}, add, el("span", { class: "tw-meta" }, ` ${r.meta}`));
    }));
  };
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); found.querySelector("button")?.click(); }
  });
  drawChosen();
  state.searchField = field;
  return el("div", { class: "tw-missing" }, el("p", { class: "tw-label" }, words.missing), chosen, field, said, found);
}

function textField(state, name, label, hint, rows) {
  const area = el("textarea", { class: "tw-field", rows, "aria-label": label, placeholder: hint, maxlength: 4000 });
  area.value = state.draft[name];
  area.addEventListener("input", () => { state.draft[name] = area.value; state.changed(); });
  return area;
}

function keycap(key) { return el("kbd", { "aria-hidden": "true" }, key); }

function buttons(state) {
  const { words } = state.data;
  const make = (label, key, shortcut, action, style = "") => {
    const button = el("button", { type: "button", class: `tw-button ${style}`, "aria-keyshortcuts": shortcut }, label, " ", keycap(key));
    button.onclick = action;
    return button;
  };
  return el("div", { class: "tw-actions tw-save" },
    make(words.save, "⏎", "Enter", () => state.save("next"), "tw-primary"),
    make(words.golden, "G", "G", () => state.save("golden")),
    make(words.skip, "S", "S", () => state.send("skip", { answer: state.data.answer, nonce: Date.now() })));
}

function help(state) {
  const { words } = state.data;
  const panel = el("details", { class: "tw-help" }, el("summary", {}, words.help),
    el("dl", { "aria-label": words.help_title }, ...words.help_lines.map(([key, text]) => el("div", {}, el("dt", {}, key), el("dd", {}, text)))));
  state.help = panel;
  return panel;
}

function build(state) {
  const { data } = state;
  const { words } = data;
  state.rows = [];
  state.unsaved = el("p", { class: "tw-quiet tw-unsaved" });
  const comment = textField(state, "comment", words.comment, words.comment_hint, 3);
  state.commentField = comment;
  const corrected = textField(state, "corrected", words.corrected, words.corrected_hint, 6);
  return el("div", { class: "tw-review-form" },
    el("h2", { class: "tw-hidden" }, words.judge), sentences(state), recommendations(state),
    el("section", { class: "tw-block" }, el("h2", {}, words.comment), comment),
    el("details", { class: "tw-block tw-corrected", open: Boolean(state.draft.corrected) }, el("summary", {}, words.corrected), corrected),
    buttons(state), state.unsaved, el("p", { class: "tw-quiet tw-keys" }, words.keys), help(state));
}

function drawVerdict(row, words) {
  const value = row.given[row.id] ?? null;
  for (const button of row.node.querySelectorAll(".tw-verdict")) button.setAttribute("aria-pressed", String(button.dataset.value === value));
  const machine = row.node.querySelector(".tw-machine");
  if (machine) {
    machine.textContent = value === null ? ""
      : row.machine ? words.machine.replace("{verdict}", words.machine_verdicts[row.machine]) : words.machine_none;
  }
}

function makeState(data, api) {
  const state = { data, draft: startDraft(data), at: 0, rows: [], ...api };
  const key = storageKey(data.answer, data.reader);
  state.changed = () => { delete state.draft.save; store(key, state.draft); state.unsaved.textContent = data.words.unsaved; };
  state.judge = (row, value) => {
    if (value === null) delete row.given[row.id]; else row.given[row.id] = value;
    drawVerdict(row, data.words);
    state.changed();
    const machine = row.node.querySelector(".tw-machine")?.textContent ?? "";
    state.say(`${row.label}: ${value === null ? "" : row.choices[value]}. ${machine}`);
  };
  state.look = (row, n, isAsked) => state.at_source(row, n, isAsked);
  state.go = (index, takesFocus = true) => {
    if (index < 0 || index >= state.rows.length) return;
    const isSame = state.at === index && state.rows[index].node.tabIndex === 0;
    state.at = index;
    state.rows.forEach((row, i) => { row.node.tabIndex = i === index ? 0 : -1; row.node.classList.toggle("tw-current", i === index); });
    const row = state.rows[index];
    if (takesFocus) { row.node.focus({ preventScroll: true }); row.node.scrollIntoView({ block: "nearest" }); }
    if (!isSame && row.marks.length) state.look(row, row.marks[0].n, false);
  };
  state.save = (then) => {
    if (state.busy) return;
    state.busy = true;
    setTimeout(() => { state.busy = false; }, 8000);
    state.draft.save = `${Date.now()}-${Math.floor(performance.now())}`;
    store(key, state.draft);
    state.send("save", { ...state.draft, answer: data.answer, reader: data.reader, then });
  };
  return state;
}

const isTyping = (node) => node?.closest?.("input, textarea, select, [contenteditable='true'], [role='combobox'], [role='listbox']");

function onKey(event, state) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const row = state.rows[state.at];
  if (isTyping(event.target)) {
    if (event.key === "Escape" && state.root.contains(event.target)) { event.preventDefault(); row?.node.focus(); }
    return;
  }
  if (document.querySelector("[role='dialog']")) return;
  const onControl = event.target.closest?.("button, a[href], summary");
  const pick = (value) => row && value in row.choices && state.judge(row, value);
  const isSentence = row?.kind === "sentence";
  const actions = {
    1: () => pick(isSentence ? "supported" : "right"),
    2: () => pick("partial"),
    3: () => pick(isSentence ? "unsupported" : "wrong"),
    0: () => row && state.judge(row, null),
    ArrowDown: () => state.go(state.at + 1),
    ArrowUp: () => state.go(state.at - 1),
    Enter: () => state.save("next"),
    g: () => state.save("golden"),
    s: () => state.send("skip", { answer: state.data.answer, nonce: Date.now() }),
    b: () => row?.marks.length && state.look(row, row.marks[0].n, true),
    m: () => state.searchField.focus(),
    c: () => state.commentField.focus(),
    "?": () => { state.help.open = !state.help.open; if (state.help.open) state.help.querySelector("summary").focus(); },
    Escape: () => row?.node.focus(),
  };
  const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || (event.key === "Enter" && onControl)) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

export default function ({ data, parentElement, setTriggerValue, setStateValue }) {
  let root = parentElement.querySelector(":scope > .tw-review");
  if (!root) {
    root = el("div", { class: "tw-review" }, el("p", { class: "tw-hidden", role: "status" }), el("div", { class: "tw-message" }), el("div", { class: "tw-form-place" }));
    parentElement.append(root);
  }
  const [live, message, place] = root.children;
  if (data.saved) {
    const key = storageKey(data.saved.answer, data.saved.reader);
    if (stored(key)?.save === data.saved.save) store(key, null);
  }
  const said = data.message?.text ?? "";
  if (message.dataset.said !== `${data.message?.nonce}`) {
    message.dataset.said = `${data.message?.nonce}`;
    message.replaceChildren(...(said ? [el("p", { class: `tw-bar tw-bar-${data.message.kind}` }, said)] : []));
    live.textContent = said;
  }
  const written = JSON.stringify([data.answer, data.reader, data.revision]);
  let timer = null;
  if (root.dataset.written !== written) {
    const isOther = !root.dataset.written?.startsWith(JSON.stringify([data.answer]).slice(0, -1));
    root.dataset.written = written;
    const state = makeState(data, {
      root,
      send: (name, value) => { clearTimeout(timer); setTriggerValue(name, value); },
      say: (text) => { live.textContent = text; },
      at_source: (row, n, isAsked) => {
        clearTimeout(timer);
        timer = setTimeout(() => setStateValue("at", { answer: data.answer, n, asked: isAsked ? Date.now() : 0 }), isAsked ? 0 : 150);
      },
    });
    place.replaceChildren(build(state));
    state.rows.forEach((row) => drawVerdict(row, data.words));
    if (stored(storageKey(data.answer, data.reader))) state.unsaved.textContent = data.words.unsaved;
    root.twState = state;
    if (state.rows.length) {
      state.rows[0].node.tabIndex = 0;
      state.rows[0].node.classList.add("tw-current");
      if (isOther) state.rows[0].node.focus({ preventScroll: true });
    }
    if (isOther) root.closest(".stMain")?.scrollTo({ top: 0 });
  }
  root.twState.busy = false;
  root.twListener?.abort();
  root.twListener = new AbortController();
  document.addEventListener("keydown", (event) => onKey(event, root.twState), { capture: true, signal: root.twListener.signal });
  const listener = root.twListener;
  return () => listener.abort();
}
