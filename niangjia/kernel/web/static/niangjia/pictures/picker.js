/* Niangjia 娘家: lines that find what is meant. htmx asks, this file opens the list and lets keys and fingers choose. */
(() => {
  "use strict";

  const partsOf = (input) => {
    const box = input.closest("[data-pick]");
    const [value, shown] = box.querySelectorAll("input[type=hidden]");
    return { value, shown, list: box.querySelector("[role=listbox]"), says: box.querySelector("[data-pick-says]") };
  };
  const optionsOf = (list) => [...list.querySelectorAll("[role=option]")];
  const isLine = (target) => target instanceof HTMLInputElement && target.matches("[data-pick] [role=combobox]");

  function close(input) {
    const { list } = partsOf(input);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function open(input) {
    const { list, says } = partsOf(input);
    optionsOf(list).forEach((option, at) => (option.id = `${list.id}_${at}`));
    says.textContent = list.querySelector("[data-counted], [data-none]")?.textContent || "";
    list.hidden = !list.children.length || !input.value.trim() || document.activeElement !== input;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  function mark(input, option) {
    const { list } = partsOf(input);
    for (const each of optionsOf(list)) each.setAttribute("aria-selected", String(each === option));
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function choose(input, option) {
    const { value, shown } = partsOf(input);
    input.value = option.dataset.title;
    value.value = option.dataset.value;
    shown.value = option.dataset.title;
    close(input);
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function step(input, event, way) {
    const { list } = partsOf(input);
    const options = optionsOf(list);
    if (!options.length) return;
    event.preventDefault();
    if (list.hidden) return open(input);
    const here = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    mark(input, options[(here + way + options.length + (here < 0 && way < 0 ? 1 : 0)) % options.length]);
  }

  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!isLine(input) || event.isComposing) return;
    const { list } = partsOf(input);
    const marked = list.hidden ? null : list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown") step(input, event, 1);
    else if (event.key === "ArrowUp") step(input, event, -1);
    else if (event.key === "Enter" && marked) {
      event.preventDefault();
      choose(input, marked);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close(input);
    } else if (event.key === "Tab") close(input);
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const input = event.detail.target?.closest("[data-pick]")?.querySelector("[role=combobox]");
    if (input) open(input);
  });

  /* The press comes before the line loses the focus. */
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[data-pick] [role=option]");
    if (!option) return;
    event.preventDefault();
    choose(option.closest("[data-pick]").querySelector("[role=combobox]"), option);
  });

  document.addEventListener("focusout", (event) => {
    if (isLine(event.target)) close(event.target);
  });

  document.addEventListener("input", (event) => {
    if (isLine(event.target) && !event.target.value.trim()) close(event.target);
  });
})();
