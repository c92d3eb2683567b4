// The conversation on the page. Without it the same form works through the server.
import { silence } from "./aloud.js";
import { announce, announceMore, element, moveTo, numbersOnPage, spoken } from "./dom.js";
import { speakIn } from "./languages.js";
import { pageMoves, wipe } from "./leave.js";
import { startIdleTime, stopIdleTime } from "./idle.js";
import { addCopyButtons, choiceButtons, fromGuide, fromYou, helpCards, problemFromGuide } from "./render.js";
import { wordsOf } from "./translated.js";
import { showWayOut } from "./way_out.js";
import { offerWords } from "./words_card.js";

const WRITING_AFTER = 500; // milliseconds; most answers come sooner and need no word about it
const SLOW_AFTER = 4000; // then the page says that it is slow and shows the numbers
const LOST_AFTER = 20000; // then it gives up; the guide itself answers within 3.2 seconds

const form = document.querySelector("#ask");
const question = document.querySelector("#question");
const transcript = document.querySelector("#transcript");
const choices = document.querySelector("#choices");
const status = document.querySelector("#status");
const tooLong = document.querySelector("#too-long");
const mode = document.querySelector("#easy-read");
const numbers = document.querySelector("#numbers");
const conversation = form.elements.conversation;
let forgotten = false; // the server knows nothing of the conversation any more
document.addEventListener("guide:forgotten", () => { forgotten = true; sending = {}; });
const most = Number(document.querySelector("main").dataset.most);
let busy = false;
let left = false; // somebody is leaving: nothing comes back any more
let onItsWay = null; // what can stop the message that is being sent
let sending = {}; // what was sent last and its name, until a reply has come: sent again because that got lost, it is still one message

question.removeAttribute("maxlength"); // it would cut off pasted words without a sound; `fits` says how many are too many
addCopyButtons(document);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const choice = event.submitter?.name === "choice" ? event.submitter : null;
  if (busy) announce("One moment. The guide is still writing.");
  else if (choice === mode) switchReading();
  else if (choice) send({ choice: choice.value }, choice.textContent.trim());
  else if (!question.value.trim()) question.focus();
  else if (fits(announce)) send({ text: question.value }, question.value.trim());
});

question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (!event.repeat) form.requestSubmit();
  }
});
document.querySelector("#keys").classList.remove("until-script"); // from here on Enter sends
question.addEventListener("input", () => { if (tooLong.textContent) fits(); });

// Enter on a checkbox would press the form's first button.
for (const box of document.querySelectorAll(".view input")) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    box.click();
  });
}

document.querySelector("#again").addEventListener("click", (event) => {
  event.preventDefault();
  wipe();
  const { lang } = document.documentElement;
  location.replace(lang === "en" ? "/chat/" : `/chat/?language=${lang}`);
});

document.addEventListener("guide:leaving", () => {
  left = true;
  onItsWay?.abort();
});

// A link within the page must not leave an entry to go back to.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link) {
    event.preventDefault();
    const target = document.querySelector(link.getAttribute("href"));
    target?.closest("details")?.setAttribute("open", "");
    target?.scrollIntoView();
    target?.focus();
  } else if (numbers.open && !numbers.contains(event.target)) numbers.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  if (!numbers.open) {
    if (window.parent !== window) window.parent.postMessage({ guide: "close" }, "*"); // embed.js hears no keys of this page
    return;
  }
  numbers.open = false;
  numbers.querySelector("summary").focus();
});

// The last answer again in the other reading; before there is one, the guide explains easy read.
function switchReading() {
  const easyRead = mode.getAttribute("aria-pressed") !== "true";
  const again = transcript.querySelector(".guide:not(.problem)");
  send(again ? { choice: "repeat", easy_read: easyRead } : { choice: mode.value }, null);
}

async function send(what, said) {
  busy = true;
  silence();
  stopIdleTime();
  form.setAttribute("aria-busy", "true");
  const mine = said ? fromYou(said) : null;
  if (mine) show(mine);
  if (what.text) question.value = "";
  const waits = [setTimeout(sayWriting, WRITING_AFTER), setTimeout(saySlow, SLOW_AFTER)];
  try {
    const { ok, body } = await ask(what);
    if (left) return;
    if (ok) showReply(body, mine);
    else {
      const { message } = body.error; // where there is none, it is not the guide that answers: as if nothing had come
      giveBack(what, mine);
      showProblem(message, body.contacts);
    }
  } catch {
    if (left) return;
    giveBack(what, mine);
    const kept = what.text ? " What you wrote is still in the box." : "";
    showProblem(`The guide cannot be reached just now.${kept} You can try again, or call one of these numbers.`, null);
  } finally {
    waits.forEach(clearTimeout);
    pageMoves();
    status.replaceChildren();
    form.removeAttribute("aria-busy");
    busy = false;
    startIdleTime();
  }
}

async function ask(what) {
  const { lang } = document.documentElement;
  const body = JSON.stringify({ easy_read: form.elements.easy_read.value === "true", shown_in: lang, ...what, ...whose() });
  if (sending.body !== body) sending = { body, name: newName() };
  onItsWay = new AbortController();
  const lost = setTimeout(() => onItsWay.abort(), LOST_AFTER);
  const { answer, reply } = await post(body, onItsWay.signal).finally(() => clearTimeout(lost));
  if (answer.status < 500) sending = {}; // who answers in the guide's place does not know what it has done
  forgotten = false;
  return reply;
}

async function post(body, signal) {
  const headers = { "Content-Type": "application/json", "Guide-Conversation": conversation.value, "Guide-Sending": sending.name };
  const answer = await fetch("/chat/messages", { method: "POST", headers, body, signal });
  return { answer, reply: { ok: answer.ok, body: await answer.json() } };
}

function newName() {
  return `page-${Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

// The conversation; one that begins, or begins again, does so in the language of the page.
function whose() {
  const { lang } = document.documentElement;
  const begins = !conversation.value || forgotten;
  return { ...(conversation.value && { conversation: conversation.value }), ...(begins && lang !== "en" && { language: lang }) };
}

function showReply(body, mine) {
  conversation.value = body.conversation;
  setReading(body.easy_read);
  const speaksAlready = body.language === document.documentElement.lang;
  const speaks = speakIn(body.language);
  const made = body.messages.map((message) => fromGuide(message, body.language));
  made.forEach(show);
  const { others, labels } = showWayOut(body.messages.at(-1));
  choices.replaceChildren(...choiceButtons(others));
  offerWords(body.messages);
  keepFocus(made[0]);
  moveTo(mine ?? made[0]);
  const offered = labels.length ? [`You can choose: ${labels.join(", ")}`] : [];
  announce(...body.messages.flatMap(asHeard), ...(speaksAlready ? offered : []));
  const isLast = () => !busy && transcript.lastElementChild === made.at(-1);
  if (!speaksAlready) speaks.then(() => { if (isLast()) announceMore(...offered); }); // once, when its words are there
}

// What is announced of a message, each part in its language.
function asHeard(message) {
  const { language = "en", say_in_english: box } = message;
  const words = { says: `Guide: ${spoken(wordsOf(message), numbersOnPage())}`, language };
  if (!box) return [words];
  const phrases = box.phrases.flatMap(({ english, meaning }) => [{ says: english, language: "en" }, { says: meaning, language }]);
  return [words, { says: box.lead, language }, ...phrases];
}

function showProblem(text, contacts) {
  const made = problemFromGuide(text, contacts);
  show(made);
  keepFocus(made);
  moveTo(made);
  announce(text);
}

// What had the focus may go; then the new answer's heading takes it.
function keepFocus(made) {
  const focused = document.activeElement;
  if (focused === document.body || focused.closest(".choices, [hidden]") || status.contains(focused)) made.querySelector("h2").focus({ preventScroll: true });
}

// What was not sent goes back into the box, before anything that was typed meanwhile.
function giveBack(what, mine) {
  mine?.remove();
  if (what.text) question.value = [what.text, question.value].filter(Boolean).join("\n");
}

function sayWriting() {
  pageMoves();
  status.replaceChildren(element("p", {}, "The guide is writing."));
}

function saySlow() {
  pageMoves();
  status.replaceChildren(element("p", {}, "This is slow. You do not have to wait. These numbers work now:"), helpCards());
}

// `tell` is given where somebody wants to send it, and not at each key.
function fits(tell) {
  const over = question.value.length - most;
  tooLong.textContent = over > 0 ? `That is ${over.toLocaleString(document.documentElement.lang)} letters too many. Please write it shorter. Nothing was sent.` : "";
  question.setAttribute("aria-invalid", String(over > 0));
  if (over > 0) tell?.(tooLong.textContent);
  return over <= 0;
}

function setReading(easyRead) {
  document.documentElement.classList.toggle("easy-read", easyRead);
  form.elements.easy_read.value = String(easyRead);
  mode.value = easyRead ? "easy_read_off" : "easy_read_on";
  mode.setAttribute("aria-pressed", String(easyRead));
}

function show(made) {
  pageMoves();
  transcript.append(made);
}
