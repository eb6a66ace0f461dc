/* Niangjia 娘家: each file goes on its way as soon as it is chosen, and is held until the form is sent. Without this file the
   form takes the files along by itself. */
(() => {
  "use strict";

  const token = (form) => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const made = (tag, cls, words = "") => Object.assign(document.createElement(tag), { className: cls, textContent: words });
  const waiting = new Map();

  function refuse(list, title, words) {
    const row = made("li", "nj-file nj-file-refused");
    const says = made("span", "nj-file-says");
    says.setAttribute("role", "alert");
    says.append(made("b", "", title), made("span", "nj-wrong", words));
    row.append(says, remover(row, list));
    list.append(row);
  }

  function remover(row, list) {
    const button = made("button", "btn btn-bare", list.closest("[data-files]").dataset.remove);
    button.type = "button";
    button.addEventListener("click", () => remove(row, list));
    return button;
  }

  function remove(row, list) {
    const box = list.closest("[data-files]");
    const held = row.dataset.held;
    if (held) {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", token(box.closest("form")));
      fetch(`${box.dataset.to}${held}/remove/`, { method: "POST", body });
    }
    row.remove();
    box.querySelector("[data-button]").previousElementSibling.focus();
  }

  /* The tick of a page without scripts becomes a button. */
  function handle(row, list) {
    row.querySelector(".nj-file-drop")?.replaceWith(remover(row, list));
  }

  function settle(form, change) {
    const left = (waiting.get(form)?.left || 0) + change;
    const wish = waiting.get(form)?.wish;
    waiting.set(form, { left, wish });
    if (left || !wish) return;
    waiting.set(form, { left: 0 });
    form.requestSubmit(wish.button);
  }

  function send(box, file) {
    const list = box.querySelector(".nj-files-held");
    const form = box.closest("form");
    const row = made("li", "nj-file");
    const bar = Object.assign(made("progress", "nj-bar"), { max: 100, value: 0 });
    bar.setAttribute("aria-label", `${box.dataset.sending} ${file.name}`);
    row.append(made("span", "nj-file-says", `${box.dataset.sending} ${file.name}`), bar);
    list.append(row);
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token(form));
    body.append("name", box.dataset.name);
    body.append("file", file);
    const call = new XMLHttpRequest();
    call.open("POST", box.dataset.to);
    call.upload.addEventListener("progress", (event) => event.lengthComputable && (bar.value = (100 * event.loaded) / event.total));
    call.addEventListener("loadend", () => {
      if (call.status === 200) {
        const drawn = new DOMParser().parseFromString(call.responseText, "text/html").querySelector("li");
        handle(drawn, list);
        row.replaceWith(drawn);
        box.querySelector("[data-says]").textContent = file.name;
      } else {
        row.remove();
        refuse(list, file.name, call.status === 422 ? call.responseText : box.dataset.broken);
        if (waiting.get(form)) waiting.get(form).wish = null;
      }
      settle(form, -1);
    });
    settle(form, 1);
    call.send(body);
  }

  function take(input, box) {
    const list = box.querySelector(".nj-files-held");
    const chosen = [...input.files];
    input.value = "";
    for (const row of list.querySelectorAll(".nj-file-refused")) row.remove();
    for (const file of chosen) {
      const there = list.querySelectorAll(".nj-file:not(.nj-file-refused)").length;
      if (there >= Number(box.dataset.most)) refuse(list, file.name, box.dataset.tooMany);
      else if (file.size > Number(box.dataset.bytes)) refuse(list, file.name, box.dataset.tooBig);
      else send(box, file);
    }
  }

  for (const box of document.querySelectorAll("[data-files]")) {
    const [chooser] = box.querySelectorAll("input[type=file]");
    const button = box.querySelector("[data-button]");
    chooser.className = "visually-hidden";
    button.hidden = false;
    const list = box.querySelector(".nj-files-held");
    for (const row of list.querySelectorAll("[data-held]")) handle(row, list);
    for (const input of box.querySelectorAll("input[type=file]")) input.addEventListener("change", () => take(input, box));
    box.closest("form").addEventListener("submit", (event) => {
      const state = waiting.get(event.target);
      if (!state?.left) return;
      event.preventDefault();
      state.wish = { button: event.submitter };
      box.querySelector("[data-says]").textContent = box.dataset.waits;
    });
  }
})();
