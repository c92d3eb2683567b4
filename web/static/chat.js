// The conversation on the page. Without it the same form works through the server.
import { contactLink, element, entry, messageBody } from "./render.js";

const SLOW_AFTER = 4000; // milliseconds until the page says that it is slow and shows the numbers

const form = document.querySelector("#ask");
const question = document.querySelector("#question");
const transcript = document.querySelector("#transcript");
const choices = document.querySelector("#choices");
const status = document.querySelector("#status");
const announcer = document.querySelector("#announcer");
const mode = document.querySelector("#easy-read");
const conversation = form.elements.conversation;
let busy = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const choice = event.submitter?.name === "choice" ? event.submitter : null;
  if (choice) send({ choice: choice.value }, choice.id === "easy-read" ? null : choice.textContent.trim());
  else if (question.value.trim()) send({ text: question.value }, question.value.trim());
  else question.focus();
});

question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.querySelector("#again").addEventListener("click", (event) => {
  event.preventDefault();
  forget();
  location.replace("/chat/");
});

async function send(what, said) {
  if (busy) return;
  busy = true;
  form.setAttribute("aria-busy", "true");
  if (said) show(entry("You", element("p", {}, said)));
  status.textContent = "The guide is writing.";
  const slow = setTimeout(() => { status.textContent = "This is slow. The phone numbers above work now."; }, SLOW_AFTER);
  try {
    const answer = await fetch("/chat/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Guide-Conversation": conversation.value },
      body: JSON.stringify(what),
    });
    const body = await answer.json();
    if (answer.ok) showReply(body, what);
    else showProblem(body.error.message, body.contacts);
  } catch {
    showProblem("The guide cannot be reached just now. What you wrote is still in the box. You can call one of these numbers.", null);
  } finally {
    clearTimeout(slow);
    status.textContent = "";
    form.removeAttribute("aria-busy");
    busy = false;
  }
}

function showReply(body, what) {
  conversation.value = body.conversation;
  if (what.text) question.value = "";
  setMode(body.easy_read);
  const entries = body.messages.map((message) => {
    const made = entry("Guide", ...messageBody(message));
    if (message.answer === "emergency") made.classList.add("emergency");
    return made;
  });
  entries.forEach(show);
  entries[0]?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  announcer.replaceChildren(...body.messages.map((message) => element("p", {}, message.text)));
  choices.replaceChildren(...body.messages.at(-1).choices.map(({ id, label }) => element("button", { name: "choice", value: id }, label)));
  question.focus({ preventScroll: true });
}

function showProblem(message, contacts) {
  const links = contacts ? contacts.map(contactLink) : [...document.querySelectorAll(".help .contact")].map((link) => link.cloneNode(true));
  const made = entry("Guide", element("p", {}, message), element("div", { class: "contacts" }, ...links));
  show(made);
  announcer.replaceChildren(element("p", {}, message));
}

function setMode(easyRead) {
  document.documentElement.classList.toggle("easy-read", easyRead);
  form.elements.easy_read.value = String(easyRead);
  mode.value = easyRead ? "easy_read_off" : "easy_read_on";
  mode.textContent = easyRead ? "Usual words" : "Easy read";
}

function show(made) {
  transcript.append(made);
}

export function forget() {
  if (!conversation.value) return;
  fetch("/chat/conversations", { method: "DELETE", headers: { "Guide-Conversation": conversation.value }, keepalive: true }).catch(() => {});
  conversation.value = "";
}
