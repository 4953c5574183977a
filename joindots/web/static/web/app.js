// Adds ease to pages that work without it: GOV.UK's own behaviours, and a job page that renews itself.
import { initAll } from "../vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
initAll();

// A page that shows long work asks again every second, and stops when the work has ended.
const work = document.querySelector("[data-renew]");
if (work) {
  const renew = async () => {
    const answer = await fetch(work.dataset.renew, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    work.innerHTML = await answer.text();
    if (work.querySelector("[data-at-work]")) setTimeout(renew, 1000);
  };
  setTimeout(renew, 1000);
}

// One press of a button is one act: a second press while the first is under way does nothing.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
