// The language of the page, and Dutch names for the buttons that Streamlit draws itself.
export default function ({ data }) {
  document.documentElement.lang = data.language;
  const rename = () => {
    const skip = document.querySelector('a[href="#stMain"]');
    if (skip && skip.textContent !== data.skip) skip.textContent = data.skip;
    for (const [testId, name] of Object.entries(data.names)) {
      for (const found of document.querySelectorAll(`[data-testid="${testId}"]`)) {
        const button = found.matches("button") ? found : found.querySelector("button");
        if (found.matches("section")) found.setAttribute("aria-label", name);
        else if (button && button.getAttribute("aria-label") !== name) button.setAttribute("aria-label", name);
      }
    }
  };
  rename();
  const observer = new MutationObserver(rename);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}
