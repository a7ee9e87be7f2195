// The page opens at its top: Streamlit follows the end of a page with a field to type in.
export default function ({ parentElement }) {
  if (parentElement.dataset.opened) return;
  parentElement.dataset.opened = "true";
  keepInView(document.querySelector(".st-key-welcome"));
}
