// Narrows the list of questions; without this script all of them are shown.
(() => {
  const form = document.querySelector(".filter");
  const questions = [...document.querySelectorAll("details[data-split]")];
  const count = document.querySelector("#count");
  form.hidden = false;
  const narrow = () => {
    const { words, split, part, measure } = form.elements;
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const question of questions) {
      const text = question.querySelector("summary").textContent.toLowerCase();
      const wrong = question.dataset.wrong.split("|");
      question.hidden = !(
        (!split.value || question.dataset.split === split.value) &&
        (!part.value || question.dataset.slice === part.value) &&
        (!measure.value || wrong.includes(measure.value)) &&
        wanted.every((word) => text.includes(word))
      );
      shown += !question.hidden;
    }
    count.textContent = `${shown} of ${questions.length} questions`;
  };
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of document.querySelectorAll("button.drill")) {
    button.addEventListener("click", () => {
      form.elements.measure.value = button.dataset.measure;
      form.elements.split.value = button.dataset.split;
      form.elements.part.value = button.dataset.slice ?? "";
      narrow();
      document.querySelector("#questions").scrollIntoView();
    });
  }
  narrow();
})();
