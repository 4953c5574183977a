// Sending files with their progress in sight. Without this the form sends itself, and the browser shows its own.
const MOST = 2 * 2 ** 30;
const UNITS = ["bytes", "KB", "MB", "GB"];

const size = (bytes) => {
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** step;
  return `${step && number < 10 ? number.toFixed(1) : Math.round(number)} ${UNITS[step]}`;
};

export const readyUpload = (form) => {
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  const names = form.querySelector("[data-names]");
  const sending = form.querySelector("[data-sending]");
  const bar = sending.querySelector("progress");
  const sent = form.querySelector("[data-sent]");
  const abort = form.querySelector("[data-abort]");
  const words = form.querySelector("[data-words-for-sending]").dataset;
  const button = form.querySelector("button[type=submit]");

  const shown = () => {
    names.replaceChildren(
      ...[...input.files].map((file) => {
        const row = document.createElement("li");
        const name = document.createElement("span");
        const length = document.createElement("span");
        name.textContent = file.name;
        length.className = "jd-second";
        length.textContent = size(file.size);
        row.append(name, length);
        if (file.size > MOST) {
          const large = document.createElement("strong");
          large.textContent = `${file.name} ${words.large}.`;
          row.append(large);
        }
        return row;
      }),
    );
    names.hidden = input.files.length === 0;
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
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    shown();
  });

  const over = (text) => {
    sending.hidden = text === "";
    bar.hidden = true;
    sent.textContent = text;
    abort.hidden = true;
    button.disabled = false;
  };

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return; // the server says it in words
    event.preventDefault();
    if (button.disabled) return;
    const large = [...input.files].find((file) => file.size > MOST);
    if (large) {
      over(`${large.name} ${words.large}.`);
      return;
    }
    button.disabled = true;
    const request = new XMLHttpRequest();
    sending.hidden = bar.hidden = abort.hidden = false;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? (100 * loaded) / total : 0;
      sent.textContent = loaded < total ? `${size(loaded)} ${words.of} ${size(total)}` : words.settling;
    });
    request.addEventListener("load", () => {
      if (request.responseURL && new URL(request.responseURL).pathname !== location.pathname) {
        location.assign(request.responseURL);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = page.getElementById("main-content");
      if (!main) return over(words.lost);
      document.title = page.title;
      document.getElementById("main-content").replaceWith(main);
      for (const element of main.querySelectorAll("[data-needs-script]")) element.hidden = false;
      const summary = main.querySelector(".govuk-error-summary");
      summary?.setAttribute("tabindex", "-1");
      summary?.focus();
      readyUpload(main.querySelector("form[data-upload]"));
    });
    request.addEventListener("error", () => over(words.lost));
    request.addEventListener("abort", () => over(words.stopped));
    abort.onclick = () => request.abort();
    request.open("POST", form.action || location.href);
    request.send(new FormData(form));
  });
};
