// Saves a half-written form on the server two seconds after the last key. Nothing is kept in the browser.

const PAUSE = 2000;

for (const form of document.querySelectorAll("[data-draft]")) {
  const says = form.querySelector("[data-draft-says]");
  let waiting = 0;
  let sending = null;
  let over = false;

  const save = async () => {
    sending?.abort();
    sending = new AbortController();
    const body = new FormData(form);
    body.set("later", "yes");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, headers: { "X-Draft": "yes" }, signal: sending.signal,
      });
      says.textContent = answer.status === 204 ? says.dataset.saved : says.dataset.lost;
    } catch {
      if (!over) says.textContent = says.dataset.lost;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!over) waiting = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    over = true;
    clearTimeout(waiting);
    sending?.abort();
  });
}
