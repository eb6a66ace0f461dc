// Niangjia 娘家: a code comes from the address that a phone's camera opened, from a scanner that types, or from this camera.
"use strict";
(() => {
  const form = document.querySelector("[data-card-check]");
  const field = form.querySelector("[name=code]");
  const video = form.querySelector("[data-camera]");
  const button = form.querySelector("[data-scan]");

  if (window.location.hash.length > 1) {
    field.value = window.location.hash;
    window.history.replaceState(null, "", window.location.pathname);
  }
  field.focus();
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  button.hidden = false;

  button.addEventListener("click", async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
    if (!stream) {
      button.hidden = true;
      return;
    }
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const look = async () => {
      const found = await detector.detect(video).catch(() => []);
      if (!found.length) {
        requestAnimationFrame(look);
        return;
      }
      stream.getTracks().forEach((track) => track.stop());
      field.value = found[0].rawValue;
      form.requestSubmit();
    };
    look();
  });
})();
