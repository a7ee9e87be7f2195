// What the drawn parts have in common; stands before each of them.
const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = el("textarea", { class: "tw-hidden", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy refused");
}

// Hold something at the top of the view for a moment: Streamlit follows the end of the page while it grows, this takes the view back.
function keepInView(node) {
  if (!node) return;
  const end = performance.now() + 1500;
  const stop = new AbortController();
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    window.addEventListener(kind, () => stop.abort(), { signal: stop.signal });
  }
  const step = () => {
    if (performance.now() > end) stop.abort();
    if (stop.signal.aborted) return;
    node.scrollIntoView({ block: "start", behavior: "instant" });
    requestAnimationFrame(step);
  };
  step();
}

