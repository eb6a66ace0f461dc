/* Niangjia 娘家: the search box offers what it finds while somebody types. Without this file the box leads to its page. */
(() => {
  "use strict";

  /* Eleven digits are a phone or more: such a number goes by POST, so that it stands in no address. */
  const NUMBER = /\d(?:[\s\-_.·()（）]*\d){10,}/;

  for (const form of document.querySelectorAll("form[data-number-by-post]")) {
    form.addEventListener("submit", (event) => {
      const words = form.elements.q.value.normalize("NFKC");
      if (NUMBER.test(words)) return;
      event.preventDefault();
      location.assign(`${form.action}?${new URLSearchParams({ q: form.elements.q.value.trim() })}`);
    });
  }

  const box = document.querySelector("[data-suggests]");
  if (!box) return;
  const found = box.form.querySelector(".nj-found");
  let chosen = null;

  const options = () => [...found.querySelectorAll("[role=option]")];

  function choose(option) {
    if (chosen) chosen.setAttribute("aria-selected", "false");
    chosen = option;
    if (!option) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(isShown) {
    found.hidden = !isShown;
    box.setAttribute("aria-expanded", String(isShown && options().length > 0));
    if (!isShown) choose(null);
  }

  function move(step) {
    const all = options();
    if (!all.length) return;
    if (found.hidden) show(true);
    const here = all.indexOf(chosen);
    choose(here < 0 ? all.at(step > 0 ? 0 : -1) : all[here + step] ?? null);
  }

  found.addEventListener("htmx:afterSwap", () => {
    choose(null);
    show(document.activeElement === box && found.childElementCount > 0);
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      chosen.click();
    } else if (event.key === "Escape" && !found.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    }
  });

  box.addEventListener("focus", () => show(box.value.trim() !== "" && found.childElementCount > 0));
  document.addEventListener("click", (event) => {
    if (!box.form.contains(event.target)) show(false);
  });
  box.form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.form.contains(event.relatedTarget)) show(false);
  });
})();
