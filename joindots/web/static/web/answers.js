// A question is answered by its key while nobody is writing: Y, N or U. Esc leaves the words, so that the keys count.

const form = document.querySelector("[data-answers]");
const writing = (element) => element?.matches("input, textarea, select, [contenteditable]") ?? false;

document.addEventListener("keydown", (event) => {
  if (!form || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.key === "Escape" && writing(document.activeElement)) {
    document.activeElement.blur();
    return;
  }
  if (writing(event.target) || document.body.dataset.keys === "off") return;
  const button = form.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});
