// Leaves the page at once: the link takes the place of this page, so that the way back does not lead here again.
// Shift pressed three times does the same.
const link = document.querySelector("[data-leave]");
let presses = 0;
let last = 0;
const leave = () => {
  document.body.replaceChildren();
  document.title = "Weather";
  location.replace(link.href);
};
link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Shift" || event.repeat) {
    if (event.key !== "Shift") presses = 0;
    return;
  }
  const now = Date.now();
  presses = now - last < 2000 ? presses + 1 : 1;
  last = now;
  if (presses === 3) leave();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
