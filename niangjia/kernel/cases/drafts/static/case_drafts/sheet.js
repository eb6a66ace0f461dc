/* Niangjia 娘家: fields of a form come and go with what is answered. The conditions are a closed list of words; without this
   file the form asks for them when it is sent. */
(() => {
  "use strict";

  const FEN = 100;

  /* The answer of a field that is shown; nothing where it is hidden or blank. */
  function answerOf(form, name) {
    const inputs = [...form.querySelectorAll(`[name="${name}"]`)].filter((input) => !input.closest("fieldset[disabled]"));
    const chosen = inputs.find((input) => (input.type === "radio" ? input.checked : true));
    return chosen ? chosen.value.trim() : "";
  }

  function numberOf(form, name) {
    const input = form.querySelector(`[name="${name}"]`);
    const written = answerOf(form, name).replace(/[,，元\s]/g, "");
    if (written === "" || Number.isNaN(Number(written))) return null;
    return input.inputMode === "decimal" ? Math.round(Number(written) * FEN) : Number(written);
  }

  const WORDS = {
    always: () => true,
    given: (form, name) => answerOf(form, name) !== "",
    is: (form, name, value) => answerOf(form, name) === value,
    one: (form, name, ...values) => values.includes(answerOf(form, name)),
    least: (form, name, least) => numberOf(form, name) !== null && numberOf(form, name) >= least,
    most: (form, name, most) => numberOf(form, name) !== null && numberOf(form, name) <= most,
    all: (form, ...parts) => parts.every((part) => holds(form, part)),
    any: (form, ...parts) => parts.some((part) => holds(form, part)),
    not: (form, part) => !holds(form, part),
  };

  function holds(form, [word, ...rest]) {
    return WORDS[word](form, ...rest);
  }

  /* In order: what stands later hangs on what stands before. */
  function settle(form) {
    for (const part of form.querySelectorAll("fieldset[data-when]")) {
      const shown = holds(form, JSON.parse(part.dataset.when));
      part.hidden = !shown;
      part.disabled = !shown;
    }
  }

  for (const sheet of document.querySelectorAll("[data-sheet]")) {
    const form = sheet.closest("form");
    if (!form) continue;
    settle(form);
    form.addEventListener("input", () => settle(form));
    form.addEventListener("change", () => settle(form));
    /* What is sent need not be kept any more. */
    form.addEventListener("submit", () => {
      form.querySelector("[data-keeps]")?.addEventListener("htmx:beforeRequest", (event) => event.preventDefault());
    });
  }
})();
