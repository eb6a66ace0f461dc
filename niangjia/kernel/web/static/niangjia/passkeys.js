/* Niangjia 娘家: passkeys. The browser asks for finger, face or PIN; what it answers goes back with the form. */
(() => {
  "use strict";

  const FORMS = "form[data-passkey]";
  const browser = window.webauthnJSON;

  /* A passkey that opens without a password must be kept by the device and must ask who holds it. */
  function asPasskey(options) {
    const asked = JSON.parse(JSON.stringify(options));
    const selection = asked.publicKey.authenticatorSelection;
    selection.residentKey = "required";
    selection.requireResidentKey = true;
    selection.userVerification = "required";
    return asked;
  }

  async function fetched(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  }

  async function credentialFor(form) {
    const options = form.dataset.options ? JSON.parse(form.dataset.options) : await fetched(form.action);
    return form.dataset.passkey === "add" ? browser.create(asPasskey(options)) : browser.get(options);
  }

  async function press(event) {
    const form = event.currentTarget;
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await credentialFor(form));
      form.submit();
    } catch {
      failed.hidden = false;
      failed.focus();
    }
  }

  if (!browser || !window.PublicKeyCredential) return;
  for (const words of document.querySelectorAll("[data-without-passkeys]")) words.hidden = true;
  for (const form of document.querySelectorAll(FORMS)) {
    form.hidden = false;
    form.addEventListener("submit", press);
  }
})();
