// The live call by keys alone. Every form here works without script; with it, each is sent in the background, in order,
// again until it has arrived, and the parts of the screen that changed are put in place. Nothing is kept in the browser.

const PAUSE = 2000;
const AGAIN = 3000;
const ASK = 5000;
const SILENT = 20000;
const body = document.body;
const note = document.getElementById("note");
const noteForm = document.querySelector("[data-note]");
const says = document.querySelector("[data-saved-says]");
const trouble = document.querySelector("[data-trouble]");
const silent = document.querySelector("[data-silent]");
const endForm = document.querySelector("[data-end]");
const incident = document.querySelector("[data-incident]");
const places = [...document.querySelectorAll("[data-place]")];
const PARTS = { "part-bar": "bar", "part-first": "first", "part-lines": "lines", "part-right": "right" };

for (const each of document.querySelectorAll("[data-no-script]")) each.hidden = true;

// -- clock

const clock = document.querySelector("[data-clock]");
const started = Number(body.dataset.started) * 1000;
const two = (number) => String(number).padStart(2, "0");
const tick = () => {
  const seconds = Math.max(0, Math.floor((Date.now() - started) / 1000));
  clock.textContent = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};
if (clock) {
  tick();
  setInterval(tick, 1000);
}
const now = () => new Date().toLocaleTimeString("en-GB");
const tell = (what, time = "") => {
  says.textContent = says.dataset[what].replace("{time}", time);
};

// -- what is sent, one after the other

const waiting = [];
let sending = false;
let since = "";
let over = false;

// What a person typed on since a form was sent stays: `sent` is what stood there when it went.
const typedOn = (here, sent) => [...here.querySelectorAll("input[id], select[id]")]
  .filter((one) => one.value !== (sent[one.id] ?? one.defaultValue ?? [...one.options].find((each) => each.defaultSelected)?.value ?? ""))
  .map((one) => [one.id, one.value, one === document.activeElement && one.matches("input") ? one.selectionStart : null]);
const replace = (html, force, sent = {}) => {
  const made = new DOMParser().parseFromString(html, "text/html");
  for (const [from, to] of Object.entries(PARTS)) {
    const here = document.getElementById(to);
    const there = made.getElementById(from);
    if (!there || (!force && to === "first" && here.contains(document.activeElement))) continue;
    if (to === "first" && waiting.length) continue; // the last answer on its way shows them all
    const focused = here.contains(document.activeElement) ? document.activeElement.id : "";
    const tickKey = here.contains(document.activeElement) ? document.activeElement.dataset.tick : "";
    const typed = typedOn(here, sent);
    here.innerHTML = there.innerHTML;
    for (const [id, value] of typed) if (document.getElementById(id)) document.getElementById(id).value = value;
    if (focused) document.getElementById(focused)?.focus();
    else if (tickKey) here.querySelector(`[data-tick="${tickKey}"]`)?.focus();
    for (const [id, , at] of typed) if (at !== null) document.getElementById(id)?.setSelectionRange(at, at);
  }
  const state = made.getElementById("part-state");
  if (!state) return;
  body.dataset.listener = state.dataset.listener;
  body.dataset.danger = state.dataset.danger;
  ready();
  newest();
};

const send = async () => {
  if (sending || over || !waiting.length) return;
  sending = true;
  const one = waiting[0];
  try {
    const answer = await fetch(one.to, {
      method: "POST", body: one.fields, headers: { "X-Draft": "yes" }, redirect: "error", credentials: "same-origin",
    });
    waiting.shift();
    since = "";
    if (answer.status === 204) tell("saved", now());
    else if (answer.ok) {
      tell("saved", now());
      replace(await answer.text(), one.force, one.sent);
    } else if (answer.status === 401) tell("out");
    else {
      trouble.textContent = answer.status === 422 ? await answer.text() : says.dataset.lost.replace("{time}", now());
      trouble.hidden = false;
      if (one.back) note.value = note.value ? `${one.back}\n${note.value}` : one.back;
    }
    sending = false;
    send();
  } catch {
    since ||= now();
    tell("lost", since);
    sending = false;
    setTimeout(send, AGAIN);
  }
};
const put = (to, fields, more = {}) => {
  trouble.hidden = true;
  waiting.push({ to, fields, ...more });
  send();
};

// -- the note

const newForm = () => crypto.randomUUID?.() ?? "";
const keep = (words) => {
  const fields = new FormData(noteForm);
  fields.set("typed", words);
  // A line refused comes back to the note, before what was begun since; a mark alone has no words to lose.
  put(noteForm.action, fields, { back: /^\/\S\s*$/.test(words) ? "" : words });
  noteForm.elements.form.value = newForm();
  clearTimeout(drafting);
};
let drafting = 0;
const draft = () => {
  if (over || waiting.length) return;
  const fields = new FormData(noteForm);
  put(body.dataset.draftTo, fields);
};
note.addEventListener("input", () => {
  clearTimeout(drafting);
  drafting = setTimeout(draft, PAUSE);
  if (incident && /^\/i\s$/i.test(note.value)) {
    note.value = "";
    incident.hidden = false;
    places[0].focus();
  }
});
const shutIncident = () => {
  incident.hidden = true;
  for (const each of places) each.value = "";
  note.focus();
};
const keepIncident = () => {
  const told = places.map((each) => each.value.replaceAll("|", "/").trim());
  while (told.length && !told.at(-1)) told.pop();
  if (told.length) keep(`/i ${told.join(" | ")}`);
  shutIncident();
};
noteForm.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!incident.hidden) keepIncident();
  else if (note.value.trim()) {
    keep(note.value);
    note.value = "";
  }
});
const newest = () => {
  const lines = document.getElementById("lines");
  lines.lastElementChild?.scrollIntoView({ block: "nearest" });
};

// -- rows, ticks and other forms of the screen

const rows = () => [...document.querySelectorAll("[data-row]:not([hidden])")];
const firstOf = (form) => form?.querySelector("button:not([tabindex]):not([disabled]), input:not([type=hidden]):not([disabled])");
const onward = (index) => {
  const next = rows()[index + 1];
  const to = firstOf(next);
  if (to) to.focus();
  else note.focus();
};
const ready = () => {
  for (const each of document.querySelectorAll("[data-no-script]")) each.hidden = true;
  for (const form of document.querySelectorAll("[data-live]")) {
    if (form.dataset.ready) continue;
    form.dataset.ready = "yes";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const fields = new FormData(form, event.submitter ?? undefined);
      const index = rows().indexOf(form);
      const word = form.hasAttribute("data-word");
      const sent = Object.fromEntries([...form.querySelectorAll("input[id], select[id]")].map((one) => [one.id, one.value]));
      put(form.action, fields, { force: true, sent });
      if (word) {
        form.reset();
        note.focus(); // or the next line told would be taken for another word
      }
      if (index < 0) return;
      // The next row stands ready at once: what is typed on a slow line must not fall on keys that lead elsewhere.
      if (event.submitter?.name === "cut_off") document.querySelector("[data-last]").hidden = event.submitter.value === "nothing";
      if (form.hasAttribute("data-last")) note.focus();
      else onward(index);
    });
    if (form.hasAttribute("data-choose")) form.addEventListener("change", () => form.requestSubmit());
  }
};
ready();

// -- words for now

const words = document.querySelector("[data-words]");
const all = words.dataset.all.split("|");
let place = 0;
document.querySelector("[data-next-words]").addEventListener("click", (event) => {
  event.preventDefault();
  place = (place + 1) % all.length;
  words.textContent = `“${all[place]}”`;
});

// -- keys

const typing = (target) => target.closest("textarea, select, input");
let lastKey = Date.now();
addEventListener("keydown", (event) => {
  lastKey = Date.now();
  silent.hidden = true;
  if (event.isComposing) return;
  if (event.key === "Enter" && event.ctrlKey && endForm) {
    event.preventDefault();
    endForm.requestSubmit();
    return;
  }
  if (event.key.toLowerCase() === "k" && event.ctrlKey && !event.shiftKey && !event.altKey) {
    event.preventDefault(); // the risk questions, out of the note too
    document.querySelector('[data-key="k"]')?.click();
    return;
  }
  if (event.key === "Escape") {
    event.preventDefault();
    if (incident && !incident.hidden) shutIncident();
    else if (document.activeElement === note && !note.value) document.getElementById("listen")?.focus();
    else note.focus();
    return;
  }
  if (event.target === note && event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    noteForm.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  if (document.body.dataset.keys === "off") return;
  const row = event.target.closest("[data-row]");
  const buttons = row ? [...row.querySelectorAll(".jd-call__keys button")] : [];
  const chosen = buttons[Number(event.key) - 1];
  const to = chosen ?? (buttons.length ? null : document.querySelector(`[data-tick="${CSS.escape(event.key)}"]`));
  const way = to ?? document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (way && !way.disabled) {
    event.preventDefault();
    way.click();
  } else if (!row && event.key.length === 1 && event.key !== " ") {
    note.focus(); // a word was begun where keys are commands: it goes into the note, its first letter too
  }
});

// -- the end: what is on its way goes first, then the talk is over

endForm?.addEventListener("submit", (event) => {
  endForm.elements.typed.value = note.value;
  if (!waiting.length || over) {
    over = true;
    clearTimeout(drafting);
    return;
  }
  event.preventDefault();
  const wait = setInterval(() => {
    if (waiting.length) return;
    clearInterval(wait);
    endForm.requestSubmit();
  }, 50);
});
addEventListener("pagehide", () => {
  if (over) return;
  for (const one of waiting) navigator.sendBeacon(one.to, one.fields);
  if (note.value) navigator.sendBeacon(body.dataset.draftTo, new FormData(noteForm));
});

// -- somebody listens: ask what is new; danger and silence: a prompt for the adviser alone

setInterval(async () => {
  if (!body.dataset.listener || waiting.length || over) return;
  try {
    const answer = await fetch(body.dataset.parts, { headers: { "HX-Request": "true" }, redirect: "error" });
    if (answer.ok) replace(await answer.text(), false);
  } catch {
    since ||= now();
    tell("lost", since);
  }
}, ASK);
setInterval(() => {
  if (body.dataset.danger && Date.now() - lastKey >= SILENT) silent.hidden = false;
}, 1000);

// Focus begins at the first row that was not asked yet.
const begin = document.getElementById("row-safe");
if (note.value || !begin || begin.disabled || document.querySelector('[name="safe_now"][aria-pressed]')) note.focus();
else begin.focus();
newest();
