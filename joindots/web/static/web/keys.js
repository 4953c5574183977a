// Keys on a desk: only while the focus is among its rows, so that no letter typed elsewhere does anything.
export const readyDesk = (desk) => {
  if (!desk) return;
  const rows = [...desk.querySelectorAll("[data-row]")];
  const next = (row) => row.querySelector("[data-next]");
  const to = (row) => row && next(row).focus();
  desk.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.indexOf(event.target.closest("[data-row]"));
    if (at < 0) return;
    if (event.key === "j" || event.key === "J") to(rows[at + 1]);
    else if (event.key === "k" || event.key === "K") to(rows[at - 1]);
    else if (event.key === "/") location.href = document.querySelector("[data-key='/']").href;
    else return;
    event.preventDefault();
  });
  if (desk.dataset.desk === "first" && document.activeElement === document.body) to(rows[0]);
};
