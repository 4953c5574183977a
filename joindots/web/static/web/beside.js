// One act opens beside the list where there is room for it; elsewhere, and without this, its link leads to its page.
const ROOM = matchMedia("(min-width: 64em)");

export const readyBeside = (beside) => {
  const wrap = beside?.querySelector("template[data-panel]");
  if (!wrap) return;
  let panel = null;
  let from = null;

  const close = () => {
    panel?.remove();
    panel = null;
    beside.classList.remove("jd-beside--open");
    from?.closest("tr")?.classList.remove("jd-list__here");
    from?.focus();
  };
  const opened = () => {
    if (panel) return panel;
    beside.append(wrap.content.cloneNode(true));
    panel = beside.querySelector(".jd-panel");
    panel.querySelector("[data-close]").addEventListener("click", close);
    beside.classList.add("jd-beside--open");
    return panel;
  };
  const show = async (link) => {
    const to = new URL(link.href);
    if (new URL(location.href).searchParams.has("words")) to.searchParams.set("words", "shown");
    const answer = await fetch(to, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return location.assign(link.href);
    if (!link.closest(".jd-panel")) {
      from?.closest("tr")?.classList.remove("jd-list__here");
      from = link;
      from.closest("tr")?.classList.add("jd-list__here");
    }
    const place = opened().querySelector(".jd-act");
    place.innerHTML = await answer.text();
    panel.scrollTop = 0;
    panel.focus();
    return undefined;
  };

  beside.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-act]");
    if (!link || !ROOM.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link);
  });
  beside.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (event.key === "Escape" && panel) return close();
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step) return undefined;
    const rows = [...beside.querySelectorAll("table a[data-act]")];
    const here = panel?.contains(event.target) ? from : event.target.closest("tr")?.querySelector("a[data-act]");
    const next = rows[rows.indexOf(here) + step];
    if (!next) return undefined;
    event.preventDefault();
    if (panel) show(next);
    else next.focus();
    return undefined;
  });
};
