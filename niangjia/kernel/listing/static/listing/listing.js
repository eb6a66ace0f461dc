/* Niangjia 娘家: a row beside its list, and ticks. Without this file rows open as pages, and ticks work as a form. */
(() => {
  "use strict";

  const ROW = "#list tbody a[data-row]";
  const TICK = "#list tbody input[name=only]";
  const WRITING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  const NARROW = window.matchMedia("(max-width: 1100px)");

  const byId = (id) => document.getElementById(id);
  const drawer = () => document.querySelector("#drawer > .nj-drawer");
  const rowLink = (key) => document.querySelector(`#list tbody a[data-row="${CSS.escape(key)}"]`);

  /* ── beside the list ── */
  let moved = false;

  function mark(key) {
    for (const link of document.querySelectorAll(ROW)) {
      if (link.dataset.row === key) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  function shut(event) {
    const open = drawer();
    if (!open) return false;
    event.preventDefault();
    const key = open.dataset.opened;
    const address = open.querySelector("[data-shut]").getAttribute("href");
    byId("drawer").replaceChildren();
    mark("");
    history.pushState({ htmx: true }, "", address === "?" ? location.pathname : address);
    const link = rowLink(key);
    if (link) link.focus();
    return true;
  }

  /* With a drawer open the arrows open the next row; the list itself only moves the focus. */
  function openNext(event, step) {
    const open = drawer();
    if (!open) return;
    const links = [...document.querySelectorAll(ROW)];
    const here = links.findIndex((link) => link.dataset.row === open.dataset.opened);
    const next = links[here + step];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    moved = true;
    next.focus();
    next.click();
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    const link = event.target.closest("a[data-row]");
    if (!link || !NARROW.matches) return;
    event.preventDefault();
    location.assign(link.href);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches(WRITING)) return;
    if (document.querySelector("details.nj-menu[open]")) return;
    if (event.key === "Escape") shut(event);
    else if (event.key === "ArrowDown") openNext(event, 1);
    else if (event.key === "ArrowUp") openNext(event, -1);
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shut]")) shut(event);
  });

  /* ── what was picked in a chip is asked for at once, by its code ── */
  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-goes]");
    const code = box && box.querySelector("input[type=hidden]").value;
    if (!code) return;
    event.target.value = code;
    event.target.form.requestSubmit();
  });

  /* ── ticks ── */
  function tell() {
    const ticks = [...document.querySelectorAll(TICK)];
    const picked = ticks.filter((tick) => tick.checked).length;
    const said = document.querySelector("[data-picked]");
    if (!said) return;
    const all = document.querySelector("#list-ticks [name=all]");
    said.textContent = said.dataset.words.replace("0", String(picked));
    said.hidden = Boolean(all && all.checked);
    document.querySelector("[data-picked-plain]").hidden = true;
    const every = document.querySelector("[data-tick-all]");
    every.hidden = false;
    every.checked = picked > 0 && picked === ticks.length;
    every.indeterminate = picked > 0 && picked < ticks.length;
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) {
      for (const tick of document.querySelectorAll(TICK)) tick.checked = event.target.checked;
    }
    if (event.target.closest("#list")) tell();
  });
  document.addEventListener("reset", () => setTimeout(tell));

  /* ── what stays when the list is drawn anew: words being written, and where the focus was ── */
  let kept = null;

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "list") return;
    const now = document.activeElement;
    kept = { words: now.id === "list-words" ? now.value : null, menu: now.closest(".nj-sheet")?.querySelector("summary").id };
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id === "drawer") {
      const open = drawer();
      if (!open) return;
      mark(open.dataset.opened);
      if (!moved) byId("drawer-title").focus();
      moved = false;
    }
    if (event.detail.target?.id !== "list" || !kept) return;
    const words = byId("list-words");
    if (kept.words !== null && words && words.value !== kept.words) {
      words.value = kept.words;
      words.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (kept.menu) (byId(kept.menu) || byId("more-filters"))?.focus();
    kept = null;
    const take = byId("list-export");
    if (take && byId("list").dataset.export) take.href = byId("list").dataset.export;
    tell();
  });

  tell();
})();
