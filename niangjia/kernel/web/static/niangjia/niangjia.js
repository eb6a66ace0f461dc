/* Niangjia 娘家: what keys and menus do beyond plain HTML. Every page works without this file. */
(() => {
  "use strict";

  const WRITING = "input, textarea, select, [contenteditable]";
  const MENUS = "details.nj-menu[open]";
  const ROW_LINKS = ".nj-stacks tbody tr td:first-child a, .nj-ticked tbody tr td:nth-child(2) a";

  function closeMenus(except) {
    for (const menu of document.querySelectorAll(MENUS)) {
      if (menu !== except) menu.open = false;
    }
  }

  function goToSearch(event) {
    const search = document.querySelector("[data-slash]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }

  /* Arrows move from row to row of a list, Enter opens the row: the links themselves do that. */
  function moveInList(event, step) {
    const links = [...document.querySelectorAll(ROW_LINKS)];
    const here = links.indexOf(document.activeElement);
    const next = links[here + step];
    if (here < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  function leaveMenu() {
    const open = document.querySelector(MENUS);
    closeMenus();
    if (open) open.querySelector("summary").focus();
    const drawer = document.getElementById("nj-nav-switch");
    if (drawer) drawer.checked = false;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") leaveMenu();
    else if (event.target.matches(WRITING)) return;
    else if (event.key === "/") goToSearch(event);
    else if (event.key === "ArrowDown") moveInList(event, 1);
    else if (event.key === "ArrowUp") moveInList(event, -1);
  });

  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.nj-menu")));

  /* A sealed value goes from the page when its time is over, also where the line is broken then. */
  document.addEventListener("htmx:beforeRequest", (event) => {
    const value = event.target.closest("[data-forget]")?.querySelector("[data-sealed]");
    if (value) value.remove();
  });

  /* Long texts of errors take the focus, so that they are read out and seen. */
  const summary = document.querySelector("[role=alert][autofocus]");
  if (summary) summary.focus();
})();
