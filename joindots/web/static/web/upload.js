// Sending files piece by piece, each with its progress in sight; after a lost connection it goes on where it was.
// Nothing of a file is kept in the browser: the server says how much of it has come. Without this the form sends itself.
const MOST = 2 * 2 ** 30;
const UNITS = ["bytes", "KB", "MB", "GB"];
const WAITS = [1, 2, 4, 8, 15, 30];

const size = (bytes) => {
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** step;
  return `${step && number < 10 ? number.toFixed(1) : Math.round(number)} ${UNITS[step]}`;
};

const made = (tag, name, text = "") => {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
};

const pause = (seconds) =>
  new Promise((done) => {
    const timer = setTimeout(done, 1000 * seconds);
    addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
  });

export const readyUpload = (form) => {
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  const names = form.querySelector("[data-names]");
  const sending = form.querySelector("[data-sending]");
  const sent = form.querySelector("[data-sent]");
  const abort = form.querySelector("[data-abort]");
  const words = form.querySelector("[data-words-for-sending]").dataset;
  const button = form.querySelector("button[type=submit]");
  let chosen = [];
  let request = null;
  let stopped = false;

  const row = (file) => {
    const element = made("li", "");
    const says = made("span", "jd-second jd-figure", size(file.size));
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.hidden = true;
    bar.setAttribute("aria-label", file.name);
    element.append(made("span", "jd-break", file.name), says, bar);
    if (file.size > MOST) says.textContent = `${file.name} ${words.large}.`;
    return { file, element, says, bar, page: "" };
  };

  const shown = () => {
    chosen = [...input.files].map(row);
    names.replaceChildren(...chosen.map((one) => one.element));
    names.hidden = chosen.length === 0;
  };
  input.addEventListener("change", shown);

  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("jd-drop--over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("jd-drop--over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("jd-drop--over");
    if (button.disabled || !event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    shown();
  });

  // One question to the server. Fails only where no answer came; an answer that is no JSON is a page, such as signing in.
  const asked = (to, fields, progress) =>
    new Promise((answered, failed) => {
      const data = new FormData();
      data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      for (const [name, value] of Object.entries(fields)) data.append(name, value);
      request = new XMLHttpRequest();
      request.upload.addEventListener("progress", ({ loaded }) => progress?.(loaded));
      request.addEventListener("load", () => {
        let told = null;
        try { told = JSON.parse(request.responseText); } catch { /* a page */ }
        if (request.status >= 500) failed(new Error("server"));
        else answered({ status: request.status, told });
      });
      for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, () => failed(new Error(name)));
      request.open("POST", to);
      request.send(data);
    });

  // Sends one file to its end. The page where its work is shown, or a sentence that says why not.
  const send = async (one) => {
    const { file } = one;
    const at = (bytes) => {
      one.bar.value = file.size ? (100 * bytes) / file.size : 0;
      one.says.textContent = bytes < file.size ? `${size(bytes)} ${words.of} ${size(file.size)}` : words.settling;
    };
    const mark = String(file.lastModified);
    const { told: begun } = await asked(form.dataset.begin, { name: file.name, size: file.size, mark });
    if (!begun?.to) return { says: begun?.says || words.signed };
    let { come } = begun;
    for (;;) {
      const from = come;
      const part = file.slice(from, from + begun.piece);
      const fields = part.size ? { begins: from, piece: part } : { begins: from };
      at(from);
      const { told } = await asked(begun.to, fields, (loaded) => at(Math.min(from + loaded, file.size)));
      if (told?.page) return told;
      if (typeof told?.come !== "number") return { says: told?.says || words.signed };
      come = told.come;
    }
  };

  const sendUntilDone = async (one) => {
    for (let tries = 0; !stopped; tries += 1) {
      try {
        return await send(one);
      } catch (error) {
        if (stopped || error.name === "NotReadableError") break;
        one.says.textContent = words.lost;
        await pause(WAITS[Math.min(tries, WAITS.length - 1)]);
      }
    }
    return { says: words.stopped };
  };

  // What was kept and what was not, as the page says it where there is no script.
  const told = (missing) => {
    const main = document.getElementById("main-content");
    for (const old of main.querySelectorAll(".govuk-error-summary, [data-kept-list]")) old.remove();
    const kept = chosen.filter((one) => one.page);
    for (const [name, rows] of [["kept", kept.map((one) => one.file.name)], ["problem", missing.map((one) => one.why)]]) {
      if (!rows.length) continue;
      const part = form.querySelector(`template[data-${name}]`).content.cloneNode(true);
      part.querySelector("ul").append(...rows.map((text) => made("li", "", text)));
      main.prepend(part);
    }
    if (!document.title.startsWith(words.error)) document.title = words.error + document.title;
    main.querySelector(".govuk-error-summary").focus();
  };

  const sendAll = async () => {
    for (const one of chosen) {
      if (one.page || stopped) continue;
      one.bar.hidden = false;
      sent.textContent = `${words.now} ${one.file.name}`;
      const { page, says } = await sendUntilDone(one);
      one.bar.hidden = true;
      one.page = page || "";
      one.why = says;
      one.says.textContent = page ? words.kept : words.missing;
    }
    abort.hidden = true;
    button.disabled = false;
    const missing = chosen.filter((one) => !one.page);
    if (!missing.length) location.assign(chosen.length > 1 ? form.dataset.files : chosen[0].page);
    else {
      sending.hidden = true;
      told(missing);
    }
  };

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return; // the server says it in words
    event.preventDefault();
    if (button.disabled) return;
    stopped = false;
    button.disabled = true;
    sending.hidden = abort.hidden = false;
    sendAll();
  });
  abort.addEventListener("click", () => {
    stopped = true;
    request?.abort();
    dispatchEvent(new Event("online")); // wakes what waits for a connection
  });
};
