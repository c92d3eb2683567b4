// Idle time. The server forgets a conversation in which nothing is sent; the page says so in time, with one tap to stay.
// The focus stays where it is: the question is announced, and its button stands just before the box.
import { announce, element } from "./dom.js";
import { silence } from "./aloud.js";
import { showWayOut } from "./way_out.js";
import { offerWords } from "./words_card.js";

const WARNS_AT = 0.9; // of the idle time: after 18 of 20 minutes

const form = document.querySelector("#ask");
const panel = document.querySelector("#idle");
const said = panel.querySelector("p");
const stay = panel.querySelector("button");
const transcript = document.querySelector("#transcript");
const choices = document.querySelector("#choices");
const idle = Number(panel.dataset.minutes) * 60_000; // milliseconds
// What could be chosen first, kept on the page so that it changes its language with it.
const firstChoices = element("div", { hidden: "" });
if (!transcript.children.length) firstChoices.append(...choices.cloneNode(true).children);
choices.after(firstChoices);
let since = 0; // when the server heard from this conversation last; 0 while there is none to lose
let timer = 0;
let warned = false;

// While a message is on its way nobody is idle, and its answer belongs to what is on the screen.
export function stopIdleTime() {
  hide();
  since = 0;
  clearTimeout(timer);
}

// Each answer starts the time again, and each that did not come: somebody asked.
export function startIdleTime() {
  hide();
  since = form.elements.conversation.value ? Date.now() : 0;
  wait();
}

function wait() {
  clearTimeout(timer);
  if (!since) return;
  const gone = Date.now() - since;
  if (gone >= idle) end();
  else if (gone < idle * WARNS_AT) timer = setTimeout(wait, idle * WARNS_AT - gone);
  else {
    if (!warned) warn();
    timer = setTimeout(wait, idle - gone);
  }
}

function warn() {
  warned = true;
  stay.hidden = false;
  tell("Are you still there? If not, I will soon forget our chat.");
  announce("Are you still there? If not, I will soon forget our chat. To stay, press the button “I am still here”. It is just before the question box.");
}

async function keepOn() {
  const id = form.elements.conversation.value;
  try {
    const answer = await fetch("/chat/conversations", { method: "PUT", headers: { "Guide-Conversation": id } });
    if (!answer.ok) throw new Error(answer.statusText);
    if (!(await answer.json()).kept) return end();
  } catch {
    say("That did not work just now. You can press again, or write something.");
    return;
  }
  since = Date.now();
  warned = false;
  wait();
  say("Thank you. Our chat stays.");
}

// What was said is forgotten on the server, so it goes from the screen too; what is in the box stays.
function end() {
  since = 0;
  clearTimeout(timer);
  silence();
  const focused = document.activeElement;
  transcript.replaceChildren();
  showWayOut({ answer: "", choices: [] });
  offerWords([]);
  document.dispatchEvent(new CustomEvent("guide:forgotten", { detail: { idle } }));
  if (firstChoices.children.length) choices.replaceChildren(...firstChoices.cloneNode(true).children);
  say("Nothing was sent for a while, so I have forgotten our chat. You can start again at any time.");
  if (!focused.isConnected || focused.closest("[hidden]")) said.focus();
}

// In place of the question; the focus only moves where it was on what goes.
function say(text) {
  const hadFocus = panel.contains(document.activeElement);
  stay.hidden = !since || !warned;
  tell(text);
  announce(text);
  if (hadFocus && stay.hidden) said.focus();
}

function tell(text) {
  said.textContent = text;
  panel.hidden = false;
}

function hide() {
  warned = false;
  panel.hidden = true;
  if (panel.contains(document.activeElement)) form.elements.text.focus();
}

stay.addEventListener("click", keepOn);
startIdleTime(); // a page that was made on the server can hold a conversation already
// Timers sleep while the device does.
document.addEventListener("visibilitychange", () => { if (!document.hidden) wait(); });
addEventListener("pagehide", () => { since = 0; clearTimeout(timer); });
