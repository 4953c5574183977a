// Saves a half-written form on the server two seconds after the last key, again until it is there when the connection
// is lost, and at once when the page is left. Nothing is kept in the browser. Files are sent with the form alone.

const PAUSE = 2000;
const AGAIN = 5000;
const SIGNED_OUT = 401;

for (const form of document.querySelectorAll("[data-draft]")) {
  const says = form.querySelector("[data-draft-says]");
  let waiting = 0;
  let sending = null;
  let unsaved = false;
  let since = "";
  let over = false;

  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const words = () => {
    const body = new FormData(form);
    body.delete("file");
    body.set("later", "yes");
    return body;
  };
  const tell = (what, time = "") => {
    const said = says.dataset[what].replace("{time}", time);
    if (says.textContent !== said) says.textContent = said;
  };

  const save = async () => {
    sending?.abort();
    const mine = (sending = new AbortController());
    unsaved = false;
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: words(), headers: { "X-Draft": "yes" }, redirect: "error", signal: mine.signal,
      });
      since = "";
      if (answer.status === 204) tell("saved", clock());
      else tell(answer.status === SIGNED_OUT ? "out" : "refused");
    } catch {
      if (over || mine.signal.aborted) return;
      unsaved = true;
      since ||= clock();
      tell("lost", since);
      clearTimeout(waiting);
      waiting = setTimeout(save, AGAIN);
    }
  };

  form.addEventListener("input", () => {
    if (over) return;
    unsaved = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    over = true;
    clearTimeout(waiting);
    sending?.abort();
  });
  addEventListener("online", () => {
    if (unsaved && !over) save();
  });
  addEventListener("pagehide", () => {
    if (unsaved && !over) navigator.sendBeacon(form.action, words());
  });
}
