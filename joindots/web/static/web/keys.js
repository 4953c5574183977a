// Single keys. They do nothing while somebody types, with Ctrl, Alt or Meta, or where the reader switched them off
// (/keys/); each has its link or button as well.
const typing = (target) =>
  target.isContentEditable || target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");
export const keysWork = (event) =>
  document.body.dataset.keys !== "off" &&
  !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat && !event.defaultPrevented && !typing(event.target);

// On a desk: only while the focus is among its rows, so that no letter pressed elsewhere does anything.
export const readyDesk = (desk) => {
  if (!desk) return;
  const rows = [...desk.querySelectorAll("[data-row]")];
  const to = (row) => row?.querySelector("[data-next]").focus();
  desk.addEventListener("keydown", (event) => {
    const at = rows.indexOf(event.target.closest("[data-row]"));
    if (at < 0 || !keysWork(event)) return;
    const key = event.key.toLowerCase();
    if (key === "j") to(rows[at + 1]);
    else if (key === "k") to(rows[at - 1]);
    else if (key === ".") rows[at].querySelector("[data-later]")?.click();
    else if (key === "a") rows.slice(0, at + 1).findLast((row) => row.querySelector("[data-ask]"))?.querySelector("[data-ask]").click();
    else return;
    event.preventDefault();
  });
  if (desk.dataset.desk === "first" && document.activeElement === document.body) to(rows[0]);
};

// On every page: a search, a new call, and the sheet of keys, which opens over the page so that nothing is left.
const showSheet = async (link) => {
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    const sheet = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-key-sheet]");
    if (!answer.ok || !sheet) throw new Error("no sheet");
    const box = document.createElement("dialog");
    box.className = "jd-sheet";
    box.setAttribute("aria-label", sheet.querySelector("h1").textContent);
    const close = document.createElement("form");
    close.method = "dialog";
    close.append(Object.assign(document.createElement("button"), { className: "govuk-button", textContent: link.dataset.close, autofocus: true }));
    box.append(sheet, close);
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
  } catch {
    location.href = link.href;
  }
};
addEventListener("keydown", (event) => {
  if (!keysWork(event) || document.querySelector("dialog[open]")) return;
  const key = CSS.escape(event.key.toLowerCase());
  const there = document.querySelector(`[data-everywhere="${key}"]`);
  // A page's own key comes first: on a question N may mean no.
  const own = document.querySelector(`[data-key="${key}"], [data-letter="${key}"]`);
  if (!there || own) return;
  event.preventDefault();
  if (there.dataset.everywhere === "?") showSheet(there);
  else there.click();
});
