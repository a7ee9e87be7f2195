// Draws one answer: sentences with numbered markers, cards, notices. All text goes in as text nodes, never as HTML.
const withBold = (text) =>
  text.split("**").map((part, i) => (i % 2 ? el("strong", {}, part) : document.createTextNode(part)));

function marker(mark, send, checked) {
  const button = el("button", { type: "button", class: "tw-marker", "data-n": mark.n, "aria-label": mark.label, "aria-description": checked }, String(mark.n));
  button.onclick = () => send("cite", mark.n);
  return button;
}

// The last word and its markers stay on one line.
function withMarkers(text, marks, send, checked = null) {
  if (!marks.length) return withBold(text);
  const buttons = marks.map((mark) => marker(mark, send, checked));
  const cut = text.lastIndexOf(" ") + 1;
  const tail = text.slice(cut);
  if (tail.includes("**")) return [...withBold(text), el("span", { class: "tw-keep" }, ...buttons)];
  return [...withBold(text.slice(0, cut)), el("span", { class: "tw-keep" }, tail, ...buttons)];
}

const CHECKS = { supported: "✓", partial: "±", unsupported: "✕" };

// What the check of a sentence found: heard with its markers, seen when asked for.
function sentence(item, send, names) {
  const checked = names[item.verdict] ?? null;
  const seen = checked && el("span", { class: `tw-check tw-check-${item.verdict}` }, `${CHECKS[item.verdict]} ${checked}`);
  return el("span", { class: "tw-sentence", "data-verdict": item.verdict }, ...withMarkers(item.text, item.marks, send, checked), seen, " ");
}

function paragraph(items, send, names) {
  return el("p", {}, ...items.map((item) => sentence(item, send, names)));
}

function block(part, send, names) {
  const node = el("section", { class: `tw-block tw-${part.style}`, "data-block": part.name });
  if (part.heading) node.append(el("h3", {}, part.heading));
  for (const items of part.paragraphs) node.append(paragraph(items, send, names));
  return node;
}

const SIGNS = { fits: "✓", does_not_fit: "–", unknown: "?" };

function reason(item, send) {
  return el("li", { class: `tw-reason tw-${item.fit}` },
    el("span", { class: "tw-sign", "aria-hidden": "true" }, SIGNS[item.fit]),
    el("span", {}, el("span", { class: "tw-hidden" }, `${item.fit_label}: `), ...withMarkers(item.text, item.marks, send)));
}

function card(item, send) {
  const foot = el("p", { class: "tw-card-foot" });
  const parts = [];
  if (item.website) {
    parts.push(el("a", { href: item.website, target: "_blank", rel: "noopener noreferrer", "aria-label": item.website_label }, item.host));
  }
  if (item.as_of) parts.push(item.as_of);
  const ask = el("button", { type: "button", class: "tw-link", "aria-label": item.ask_label }, item.ask);
  ask.onclick = () => send("ask", item.question);
  parts.push(ask);
  parts.forEach((part, i) => foot.append(i ? " · " : "", part));
  return el("li", { class: "tw-card", "data-id": item.id },
    el("div", { class: "tw-card-head" }, el("h4", {}, item.name), el("span", { class: "tw-meta" }, item.meta)),
    el("ul", { class: "tw-reasons" }, ...item.reasons.map((r) => reason(r, send))),
    item.advice ? el("p", { class: "tw-card-advice" }, item.advice) : null,
    foot);
}

function cards(part, send) {
  return el("section", { class: "tw-block tw-cards" }, el("h3", {}, part.heading),
    el("ol", {}, ...part.cards.map((item) => card(item, send))));
}

function considered(part, send, names) {
  return el("details", { class: "tw-block tw-considered" }, el("summary", {}, part.heading),
    ...part.paragraphs.map((items) => paragraph(items, send, names)),
    el("ul", {}, ...part.items.map((item) => el("li", {}, el("strong", {}, item.name), item.why ? el("span", {}, ` ${item.why}`) : null))));
}

function actions(data, send) {
  const { copy, checks, thumbs } = data;
  const said = el("span", { class: "tw-said", role: "status" });
  const button = el("button", { type: "button", class: "tw-button" }, copy.label);
  button.onclick = async () => {
    try { await copyText(copy.text); said.textContent = copy.done; } catch { said.textContent = copy.failed; }
    setTimeout(() => { said.textContent = ""; }, 4000);
  };
  const hasChecks = data.parts.some((part) => part.paragraphs?.some((items) => items.some((item) => checks.names[item.verdict])));
  const toggle = hasChecks && el("button", { type: "button", class: "tw-button", "aria-pressed": "false" }, checks.show);
  if (toggle) toggle.onclick = () => {
    const isShown = toggle.closest(".tw-answer").classList.toggle("tw-with-checks");
    toggle.setAttribute("aria-pressed", String(isShown));
  };
  const group = thumbs && el("span", { class: "tw-thumbs", role: "group", "aria-label": thumbs.label },
    ...["helpful", "not_helpful"].map((kind) => {
      const thumb = el("button", { type: "button", class: "tw-button", "data-thumb": kind, "aria-pressed": "false" }, thumbs[kind]);
      thumb.onclick = () => send("thumb", kind);
      return thumb;
    }));
  return el("div", { class: "tw-actions" }, button, toggle || null, group || null, said);
}

// Sentences and cards come in one after the other; the text is complete from the start for whoever copies or prints it.
function reveal(root, milliseconds) {
  const steps = [...root.querySelectorAll(".tw-sentence, .tw-card, h3, .tw-actions, .tw-considered")];
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (calm || !steps.length) return;
  const pause = Math.min(70, milliseconds / steps.length);
  steps.forEach((step) => step.classList.add("tw-waiting"));
  steps.forEach((step, i) => setTimeout(() => step.classList.remove("tw-waiting"), i * pause));
}

export default function ({ data, parentElement, setTriggerValue }) {
  const { open, fresh, thumb, ...content } = data;
  const written = JSON.stringify(content);
  let root = parentElement.querySelector(":scope > .tw-answer");
  if (!root || root.dataset.written !== written) {
    const send = (name, value) => setTriggerValue(name, value);
    const draw = { cards, considered };
    const next = el("div", { class: "tw-answer", lang: data.language, "data-written": written },
      ...data.parts.map((part) => (draw[part.style] ?? block)(part, send, data.checks.names)), actions(data, send));
    if (root) root.replaceWith(next); else parentElement.append(next);
    root = next;
    if (fresh) {
      reveal(root, data.reveal_milliseconds);
      keepInView(root.closest(`[class*="st-key-turn-"]`));
    }
  }
  for (const button of root.querySelectorAll(".tw-marker")) {
    button.setAttribute("aria-expanded", String(Number(button.dataset.n) === open));
  }
  for (const button of root.querySelectorAll("[data-thumb]")) {
    button.setAttribute("aria-pressed", String(button.dataset.thumb === thumb));
  }
}
