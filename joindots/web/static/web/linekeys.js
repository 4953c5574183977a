// Single keys on pages of the helpline: a link or button with data-key, a choice with data-digit or data-letter.
// They do nothing while somebody types, and nothing with Ctrl, Alt or Meta; each has its mouse and Tab way as well.
const typing = (target) => target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");

addEventListener("keydown", (event) => {
  const form = event.target.closest("form");
  if (event.key === "Enter" && event.ctrlKey && form) {
    event.preventDefault(); // out of a field of several lines too
    form.requestSubmit();
    return;
  }
  if (document.body.dataset.keys === "off") return; // switched off on /keys/
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const here = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const choice = document.querySelector(`[data-digit="${CSS.escape(key)}"], [data-letter="${CSS.escape(key)}"]`);
  if (here) {
    event.preventDefault();
    here.click();
  } else if (choice) {
    event.preventDefault();
    if (choice.type === "checkbox") choice.checked = !choice.checked;
    else choice.checked = true;
    // A choice that needs words leads to their field at once.
    (document.getElementById(choice.dataset.then) ?? choice).focus();
  } else if (key === "enter" && event.target.matches("body, input[type=radio], input[type=checkbox]")) {
    const form = document.querySelector("form[data-wrap]");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
  }
});
