// Adds ease to pages that work without it. Nothing here is needed to do anything.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { readyBeside } from "./beside.js";
import { keysWork, readyDesk } from "./keys.js";
import { readyUpload } from "./upload.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
initAll();
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

// Long work: its page asks again every second and says aloud only what has changed. It ends with the work.
const work = document.querySelector("[data-renew]");
const voice = document.getElementById("renew-says");
let said = "";
const say = (words) => {
  if (voice && words && words !== said) voice.textContent = said = words;
};
const renew = async (wait) => {
  let next = wait;
  try {
    const answer = await fetch(work.dataset.renew, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (answer.redirected || !answer.ok) return location.reload();
    const focused = work.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...work.querySelectorAll("details")].map((each) => each.open);
    work.innerHTML = await answer.text();
    work.querySelectorAll("details").forEach((each, at) => (each.open = open[at] ?? each.open));
    if (focused) (document.getElementById(focused) ?? document.getElementById("main-content")).focus();
    for (const form of work.querySelectorAll("form[method=post]")) once(form);
    say(work.querySelector("[data-says]")?.dataset.says);
    if (!work.querySelector("[data-at-work]")) return undefined;
    next = 1000;
  } catch {
    next = Math.min(wait * 2, 15000); // the connection is lost: ask again, less and less often
  }
  return setTimeout(renew, next, next);
};
if (work) setTimeout(renew, 1000, 1000);

// One press of a button is one act: a second press while the first is under way does nothing. A button that gives a
// file leaves the page as it is, and nothing tells when the file is there: it may be pressed again.
const once = (form) => {
  form.addEventListener("submit", (event) => {
    if ("file" in (event.submitter?.dataset ?? {}) && !form.dataset.sent) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
};
for (const form of document.querySelectorAll("form[method=post]")) if (!("upload" in form.dataset)) once(form);
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Words stand folded until asked for: all of them by one link, or by S while the focus is in the list.
const way = document.querySelector("[data-words-way]");
const list = document.querySelector("[data-words-list]");
const turn = () => {
  const show = !new URL(location.href).searchParams.has("words");
  const here = new URL(location.href);
  if (show) here.searchParams.set("words", "shown");
  else here.searchParams.delete("words");
  history.replaceState(null, "", here);
  for (const each of list.querySelectorAll("[data-words]")) each.open = show;
  for (const link of document.querySelectorAll("[data-keep-words]")) {
    const to = new URL(link.href);
    if (show) to.searchParams.set("words", "shown");
    else to.searchParams.delete("words");
    link.href = to;
  }
  [way.textContent, way.dataset.other] = [way.dataset.other, way.textContent];
  const back = new URL(here);
  if (show) back.searchParams.delete("words");
  else back.searchParams.set("words", "shown");
  way.href = back;
};
if (way && list) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    turn();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "s" && keysWork(event)) turn();
  });
}

// A passkey that was refused or put away is said in words, not in the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.getElementById("passkey-trouble");
  if (trouble) trouble.hidden = false;
});

readyUpload(document.querySelector("form[data-upload]"));
readyDesk(document.querySelector("[data-desk]"));
readyBeside(document.querySelector("[data-beside]"));

// In a picture whose cells lead somewhere the arrow keys walk from cell to cell; it is one stop of the Tab key.
for (const picture of document.querySelectorAll("[data-cells]")) {
  const cells = [...picture.querySelectorAll("a")];
  if (!cells.length) continue;
  cells[0].tabIndex = 0;
  const middle = (cell) => {
    const box = cell.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  picture.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const from = event.target.closest("a");
    if (!step || !from) return;
    event.preventDefault();
    const [x, y] = middle(from);
    const near = cells
      .map((cell) => [cell, ...middle(cell)])
      .filter(([, a, b]) => (a - x) * step[0] + (b - y) * step[1] > 2)
      .map(([cell, a, b]) => [cell, Math.abs(a - x) * (step[0] ? 1 : 4) + Math.abs(b - y) * (step[1] ? 1 : 4)]);
    if (!near.length) return;
    const [next] = near.reduce((best, each) => (each[1] < best[1] ? each : best));
    from.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
