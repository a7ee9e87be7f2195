// Links under a source, and where the focus goes when it opens and closes.
const button = (text, action) => {
  const node = el("button", { type: "button", class: "tw-link" }, text);
  node.onclick = action;
  return node;
};

// The page is drawn anew after the source closes, which can take the focus away; it goes back unless the reader moved it.
const keepFocus = (find) => {
  let left = 40;
  const timer = setInterval(() => {
    const held = document.activeElement;
    if (held === document.body || !held) find()?.focus({ preventScroll: true });
    else if (held !== find()) left = 0;
    if (--left <= 0) clearInterval(timer);
  }, 100);
};

export default function ({ data, parentElement, setTriggerValue }) {
  const written = `${data.turn}/${data.n}`;
  const drawn = parentElement.querySelector(":scope > .tw-source-links");
  if (drawn?.dataset.written === written) return;
  drawn?.remove();
  const said = el("span", { class: "tw-said", role: "status" });
  const copy = button(data.copy, async () => {
    try { await copyText(data.reference); said.textContent = data.done; } catch { said.textContent = data.failed; }
    setTimeout(() => { said.textContent = ""; }, 4000);
  });
  const close = button(data.close, () => {
    const marker = () => document.querySelector(`${data.back} .tw-marker[data-n="${data.n}"]`);
    marker()?.scrollIntoView({ block: "center" });
    marker()?.focus({ preventScroll: true });
    if (data.closes) setTriggerValue("close", true);
    keepFocus(marker);
  });
  const link = data.url ? el("a", { href: data.url, target: "_blank", rel: "noopener noreferrer" }, data.open) : null;
  const row = el("p", { class: "tw-source-links", "data-written": written });
  [link, copy, close].filter(Boolean).forEach((part, i) => row.append(i ? " · " : "", part));
  row.append(said);
  parentElement.append(row);

  if (!data.focus) return;
  const panel = row.closest("[class*='st-key-source-panel']");
  const heading = panel?.querySelector("h2");
  if (!heading) return;
  if (getComputedStyle(panel).position === "fixed") panel.scrollTop = 0;
  else keepInView(panel);
  heading.focus({ preventScroll: true });
}
