// Niangjia 娘家: the code of each minute takes its turn; codes for the next minutes are in the page already, so that the
// card goes on for a while without a line.
"use strict";
(() => {
  const MINUTE = 60;
  let card = document.querySelector("[data-card]");
  let apart = Number(card.dataset.now) - Date.now();
  let shown = 0;
  let asking = false;

  const spare = () => [...card.querySelectorAll("template[data-begins]")];
  const now = () => (Date.now() + apart) / 1000;

  function take() {
    const at = now();
    const turn = spare().find((each) => Number(each.dataset.begins) <= at && at < Number(each.dataset.begins) + MINUTE);
    const place = card.querySelector("[data-card-code]");
    card.querySelector("[data-card-off]").hidden = Boolean(turn);
    place.hidden = !turn;
    if (turn && Number(turn.dataset.begins) !== shown) {
      shown = Number(turn.dataset.begins);
      place.replaceChildren(turn.content.cloneNode(true));
    }
    const left = spare().filter((each) => Number(each.dataset.begins) > at).length;
    if (left < spare().length - 1) ask();
  }

  async function ask() {
    if (asking || document.hidden || !navigator.onLine) return;
    asking = true;
    try {
      const answer = await fetch(window.location.pathname, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-card]");
      if (!answer.ok || !fresh) {
        window.location.reload();
        return;
      }
      card.replaceWith(fresh);
      card = fresh;
      apart = Number(card.dataset.now) - Date.now();
      shown = 0;
    } catch {
      // No line: the codes that are here go on.
    } finally {
      setTimeout(() => { asking = false; }, 5000);
    }
  }

  setInterval(take, 1000);
  document.addEventListener("visibilitychange", take);
  take();
})();
