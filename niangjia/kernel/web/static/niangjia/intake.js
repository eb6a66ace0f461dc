/* Niangjia 娘家: dropping a file on its field, and one press for one sending. The pages work without this file. */
(() => {
  "use strict";

  const drop = document.querySelector(".nj-drop");
  const input = drop && drop.querySelector("input[type=file]");

  function showName() {
    const name = drop.querySelector("[data-drop-name]");
    if (input.files.length) name.textContent = input.files[0].name;
  }

  function mark(event, isOver) {
    event.preventDefault();
    drop.classList.toggle("is-over", isOver);
  }

  if (input) {
    input.classList.add("visually-hidden");
    drop.addEventListener("dragover", (event) => mark(event, true));
    drop.addEventListener("dragleave", (event) => mark(event, false));
    drop.addEventListener("drop", (event) => {
      mark(event, false);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      showName();
    });
    input.addEventListener("change", showName);
  }

  for (const form of document.querySelectorAll("form[data-upload], form[data-once]")) {
    form.addEventListener("submit", () => {
      const button = form.querySelector("button");
      if (button.dataset.sending) button.textContent = button.dataset.sending;
      /* after the browser has collected the form */
      setTimeout(() => { button.disabled = true; });
    });
  }

  /* Coming back by the browser's own button: the form can be sent again. */
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form[data-upload] button, form[data-once] button")) button.disabled = false;
  });
})();
