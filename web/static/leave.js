// Leave quickly: blank at once, forget on the server, and put another page in this one's place.
// Shift three times follows GOV.UK's "Exit this page"; that nothing is left to go back to is our own.
// Screen readers pass lone presses of Shift on: to pause their speech, and of Shift+H and the like, of which they keep the letter.
// So three count only where they are short, come quickly, and nothing on the page has moved between them.

const PRESSES = 3;
const WITHIN = 2500; // milliseconds from the first press to the last
const SHORT = 500; // milliseconds that a press lasts at the most
const LATE = 100; // milliseconds by which a browser may tell late of what moved before a press
const MOVES_FOR = 1000; // milliseconds for which the page may go on scrolling when it has moved itself

const link = document.querySelector("#leave");
const said = document.querySelector("#leaving");
let presses = []; // when each press that counts ended
let down = 0; // when the Shift that is down was pressed; 0 unless it is down by itself
let timer = 0;
let moved = -MOVES_FOR; // when the page moved itself last
let sent = false; // the form is on its way to the server without the other scripts

// Makes the server forget the conversation, also while the page goes away.
export function forget() {
  const id = document.querySelector("#ask")?.elements.conversation;
  if (!id?.value) return;
  fetch("/chat/conversations", { method: "DELETE", headers: { "Guide-Conversation": id.value }, keepalive: true }).catch(() => {});
  id.value = "";
}

// Nothing of the conversation stays on the page, nor what was typed, nor what is on its way.
export function wipe() {
  globalThis.speechSynthesis?.cancel();
  document.dispatchEvent(new Event("guide:leaving"));
  if (!sent) forget();
  document.querySelector("#transcript")?.replaceChildren();
  document.querySelector("#announcer")?.replaceChildren();
  document.querySelector("#ask")?.reset();
}

export function leave() {
  const { to } = link.dataset;
  document.documentElement.classList.add("gone");
  sent = false;
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

// What the page moves itself, such as a new answer, is no sign that somebody reads on, and must not keep anybody from leaving.
export function pageMoves() {
  moved = performance.now();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift") reset();
  else if (!event.repeat) down = event.ctrlKey || event.altKey || event.metaKey || touchAlone() ? 0 : event.timeStamp;
});

document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !down) return;
  const now = event.timeStamp;
  if (now - down > SHORT) reset();
  else count(now);
  down = 0;
});

for (const other of ["pointerdown", "input"]) addEventListener(other, reset, true);
for (const other of ["blur", "focusin", "scroll", "selectionchange"]) addEventListener(other, readOn, true);

// Some phones send Shift for keys of the keyboard on their screen.
function touchAlone() {
  return matchMedia("(any-pointer: coarse)").matches && !matchMedia("(any-pointer: fine)").matches;
}

// The first press says nothing: it may be one of the screen reader's own. The second waits until what is being said has ended.
function count(now) {
  presses = [...presses.filter((then) => now - then < WITHIN), now];
  if (presses.length === PRESSES) {
    leave();
    return;
  }
  link.dataset.presses = presses.length;
  const isNext = presses.length === PRESSES - 1;
  said.textContent = isNext ? "Shift. Press 1 more time to leave quickly." : "";
  clearTimeout(timer);
  timer = setTimeout(() => {
    reset();
    if (isNext) said.textContent = "You have not left.";
  }, WITHIN);
}

function readOn() {
  const now = performance.now();
  if (now - moved < MOVES_FOR) return;
  if (down && now - down > LATE) down = 0;
  if (presses.length && now - presses.at(-1) > LATE) reset();
}

function reset() {
  down = 0;
  presses = [];
  clearTimeout(timer);
  delete link.dataset.presses;
  said.textContent = "";
}

// In a dialog on another website: embed.js waits for this, or it shows the guide's own address.
if (window.parent !== window) window.parent.postMessage({ guide: "here" }, "*");

// In a dialog on another website: the keys that its own button got. embed.js names no key but Shift.
addEventListener("message", ({ source, data }) => {
  if (window.parent === window || source !== window.parent || data?.guide !== "key") return;
  document.dispatchEvent(new KeyboardEvent(data.type === "keyup" ? "keyup" : "keydown", data));
});

// Where the form goes to the server, its conversation goes on there.
addEventListener("submit", (event) => { sent = !event.defaultPrevented; });
addEventListener("pagehide", wipe);
addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(location.pathname + location.search);
});
