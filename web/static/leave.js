// Leave quickly: blank at once, forget on the server, and put another page in this one's place.
// The pattern, and Shift three times, follow GOV.UK's "Exit this page"; replacing the page is our own.

const PRESSES = 3;
const WITHIN = 5000; // milliseconds, from one press to the next

const link = document.querySelector("#leave");
let presses = 0;
let timer = 0;

export function leave() {
  document.documentElement.classList.add("gone");
  document.body.replaceChildren();
  document.title = "Loading";
  const id = currentConversation;
  if (id) fetch("/chat/conversations", { method: "DELETE", headers: { "Guide-Conversation": id }, keepalive: true }).catch(() => {});
  location.replace(link.href);
}

let currentConversation = "";
document.addEventListener("submit", remember, true);
document.addEventListener("keydown", remember, true);
function remember() {
  currentConversation = document.querySelector("#ask")?.elements.conversation.value ?? "";
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  remember();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift") presses = 0;
});

document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift") return;
  clearTimeout(timer);
  timer = setTimeout(() => { presses = 0; }, WITHIN);
  presses += 1;
  if (presses === PRESSES) leave();
});

addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace("/chat/");
});
