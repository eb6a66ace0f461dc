/* Niangjia 娘家: writing one's name with a finger. What is drawn goes along with the form as a picture; without this file a
   photo of a signature on paper does. */
(() => {
  "use strict";

  const PEN = 2.5;
  /* Black on white whatever the theme: it is a document. */
  const INK = "#000";
  const PAPER = "#fff";

  function prepare(box) {
    const sheet = box.querySelector("[data-sheet]");
    const canvas = sheet.querySelector("canvas");
    const input = box.querySelector("input[type=file]");
    const says = box.querySelector("[data-says]");
    sheet.hidden = false;
    box.querySelector("[data-paper]").hidden = true;
    const pen = canvas.getContext("2d");
    let last = null;

    function blank() {
      const scale = window.devicePixelRatio || 1;
      canvas.width = canvas.clientWidth * scale;
      canvas.height = canvas.clientHeight * scale;
      pen.fillStyle = PAPER;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.scale(scale, scale);
      Object.assign(pen, { strokeStyle: INK, lineWidth: PEN, lineCap: "round", lineJoin: "round" });
      input.value = "";
      says.textContent = box.dataset.empty;
    }

    function keep() {
      canvas.toBlob((blob) => {
        const carried = new DataTransfer();
        carried.items.add(new File([blob], "signature.png", { type: "image/png" }));
        input.files = carried.files;
        says.textContent = box.dataset.written;
      }, "image/png");
    }

    const at = (event) => ({ x: event.offsetX, y: event.offsetY });
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      last = at(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!last) return;
      const here = at(event);
      pen.beginPath();
      pen.moveTo(last.x, last.y);
      pen.lineTo(here.x, here.y);
      pen.stroke();
      last = here;
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => {
        if (last) keep();
        last = null;
      });
    }
    box.querySelector("[data-clear]").addEventListener("click", blank);
    blank();
  }

  document.querySelectorAll("[data-sign]").forEach(prepare);
})();
