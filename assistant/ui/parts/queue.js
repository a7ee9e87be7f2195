// The answers to judge, as a list of links: arrows go through it, Enter opens.
export default function ({ data, parentElement, setTriggerValue }) {
  const written = JSON.stringify(data);
  let list = parentElement.querySelector(":scope > .tw-queue");
  if (list?.dataset.written === written) return;
  const draw = (item) => {
    const link = el("a", { href: `?antwoord=${encodeURIComponent(item.id)}`, target: "_self" }, item.question);
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      setTriggerValue("open", item.id);
    };
    return el("li", {}, link, el("p", { class: "tw-quiet" },
      ...item.reasons.map((reason) => el("span", { class: "tw-reason-chip" }, reason)), item.meta));
  };
  const next = el("ol", { class: "tw-queue", "data-written": written }, ...data.items.map(draw));
  if (list) list.replaceWith(next); else parentElement.append(next);
  next.addEventListener("keydown", (event) => {
    const links = [...next.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const target = step && links[links.indexOf(document.activeElement) + step];
    if (!target) return;
    event.preventDefault();
    target.focus();
  });
}
