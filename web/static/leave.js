// Leave quickly: blank at once, forget on the server, and put another page in this one's place.
// Shift three times follows GOV.UK's "Exit this page"; that nothing is left to go back to is our own.

const PRESSES = 3;
const WITHIN = 5000; // milliseconds from one press to the next

const link = document.querySelector("#leave");
const said = document.querySelector("#leaving");
let presses = 0;
let alone = false; // whether the Shift that is down was pressed by itself
let timer = 0;

// Makes the server forget the conversation, also while the page goes away.
export function forget() {
  const id = document.querySelector("#ask")?.elements.conversation;
  if (!id?.value) return;
  fetch("/chat/conversations", { method: "DELETE", headers: { "Guide-Conversation": id.value }, keepalive: true }).catch(() => {});
  id.value = "";
}

// Nothing of the conversation stays on the page, nor what was typed.
export function wipe() {
  globalThis.speechSynthesis?.cancel();
  forget();
  document.querySelector("#transcript")?.replaceChildren();
  document.querySelector("#announcer")?.replaceChildren();
  document.querySelector("#ask")?.reset();
}

export function leave() {
  const { to } = link.dataset;
  document.documentElement.classList.add("gone");
  wipe();
  document.title = "Loading";
  const leaving = document.createElement("p");
  leaving.setAttribute("role", "alert");
  leaving.className = "visually-hidden";
  leaving.textContent = "Leaving.";
  document.body.replaceChildren(leaving);
  if (window.parent !== window) window.parent.postMessage({ guide: "leave", to }, "*"); // embed.js replaces the page around us
  location.replace(window.parent === window ? to : "about:blank");
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Shift") return;
  alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (event.key !== "Shift") reset();
});

for (const other of ["pointerdown", "input", "blur"]) addEventListener(other, reset, true);

document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !alone) return;
  alone = false;
  presses += 1;
  clearTimeout(timer);
  if (presses === PRESSES) {
    leave();
    return;
  }
  link.dataset.presses = presses;
  const left = PRESSES - presses;
  said.textContent = `Shift. Press ${left} more ${left === 1 ? "time" : "times"} to leave quickly.`;
  timer = setTimeout(() => { reset(); said.textContent = "You have not left."; }, WITHIN);
});

function reset() {
  alone = false;
  presses = 0;
  clearTimeout(timer);
  delete link.dataset.presses;
  said.textContent = "";
}

// In a dialog on another website: the keys that its own button got. embed.js names no key but Shift.
addEventListener("message", ({ source, data }) => {
  if (window.parent === window || source !== window.parent || data?.guide !== "key") return;
  document.dispatchEvent(new KeyboardEvent(data.type === "keyup" ? "keyup" : "keydown", data));
});

addEventListener("pagehide", wipe);
addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(location.pathname + location.search);
});
