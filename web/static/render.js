// Builds the parts of a message as elements, the same parts that parts.html makes on the server.
import { readAloud } from "./aloud.js";
import { announce, digitByDigit, element, numbersOnPage, spoken, unbroken, withDigits } from "./dom.js";
import { aboutTranslation, sayInEnglish, wordsOf } from "./translated.js";
import { hardWordsOf, withHardWords } from "./words.js";

const textOnly = document.querySelector("main").dataset.textOnly.split(" ");
const SHORTEST_COPIED = 4; // digits; nobody copies a number of three

export function fromYou(text) {
  return element("li", { class: "you" }, element("h2", {}, "You"), element("p", { dir: "auto" }, text));
}

// `named` is the language of the reply, in which the contacts have their names also where the words are English.
export function fromGuide(message, named = "en") {
  const sentences = [];
  const language = message.language ?? "en";
  const words = element("div", { class: "words", lang: language }, ...bodyOf({ ...message, text: wordsOf(message) }, language, sentences));
  const cards = message.contacts.length ? contactCards(message.contacts, named) : null;
  const urgent = message.answer === "emergency";
  return element(
    "li",
    { class: urgent ? "guide emergency" : "guide" },
    element("h2", { tabindex: "-1" }, "Guide"),
    ...(urgent ? [cards, words, sayInEnglish(message)] : [words, cards, sayInEnglish(message)]),
    ...aboutTranslation(message, message.english ? bodyOf(message.english, "en", []) : []),
    readAloud(sentences, language),
  );
}

function bodyOf(message, language, sentences) {
  const shared = { language, hard: hardWordsOf(message), seen: new Set() };
  return message.sentences.length ? easyRows(message.sentences, shared, sentences) : usualText(message.text, shared, sentences);
}

export function problemFromGuide(text, contacts) {
  const cards = contacts?.length ? contactCards(contacts) : helpCards();
  return element("li", { class: "guide problem" }, element("h2", { tabindex: "-1" }, "Guide"), element("p", {}, text), cards);
}

// The contacts that always stand on the page, once more where the eye is.
export function helpCards() {
  const cards = document.querySelector(".panel .contacts").cloneNode(true);
  cards.querySelectorAll(".copy").forEach((button) => button.remove());
  addCopyButtons(cards);
  return cards;
}

export function choiceButtons(choices) {
  return choices.map(({ id, label }) => element("button", { form: "ask", name: "choice", value: id, ...(id === "more" && { class: "more" }) }, label));
}

// A sentence as an element; `sentences` collects the elements with what a voice says for them.
function sentence(words, { seen, hard }, sentences) {
  const numbers = numbersOnPage();
  const inDigits = (piece) => (typeof piece === "string" ? withDigits(piece, numbers) : piece);
  const made = element("span", { class: "sentence" }, ...withHardWords(unbroken(words), seen, hard).flatMap(inDigits));
  sentences.push({ made, says: spoken(words, numbers) });
  return made;
}

function inSentences(words, text, sentences) {
  const segmenter = Intl.Segmenter ? new Intl.Segmenter(text.language, { granularity: "sentence" }) : null;
  const parts = segmenter ? [...segmenter.segment(words)].map((part) => part.segment) : [words];
  return parts.map((part) => sentence(part, text, sentences));
}

function usualText(words, text, sentences) {
  const blocks = [];
  for (const line of words.split("\n").map((part) => part.trim()).filter(Boolean)) {
    if (!line.startsWith("- ")) {
      blocks.push(element("p", {}, ...inSentences(line, text, sentences)));
      continue;
    }
    const item = element("li", {}, ...inSentences(line.slice(2), text, sentences));
    if (blocks.at(-1)?.tagName === "UL") blocks.at(-1).append(item);
    else blocks.push(element("ul", {}, item));
  }
  return blocks;
}

function easyRows(rows, shared, sentences) {
  const made = rows.map(({ text, picture }) =>
    element(
      "li",
      {},
      picture ? element("img", { src: picture.src, alt: picture.alt, width: "72", height: "72" }) : element("span", { class: "no-picture" }),
      element("p", {}, sentence(text, shared, sentences)),
    ),
  );
  return [element("ul", { class: "easy" }, ...made)];
}

// English names have no `lang`: they change with the page.
function contactCards(contacts, named = "en") {
  const who = { class: "who", ...(named !== "en" && { lang: named }) };
  const cards = element("ul", { class: "contacts" }, ...contacts.map((contact) => contactCard(contact, who)));
  addCopyButtons(cards);
  return cards;
}

function contactCard(contact, who) {
  const card = element("li", { class: contact.id === "emergency" ? "contact urgent" : "contact" });
  const name = () => element("span", who, contact.name);
  if (contact.phone) {
    const isText = textOnly.includes(contact.id);
    const number = element("span", { class: "number", "aria-hidden": "true" }, contact.phone);
    const digits = element("span", { class: "visually-hidden" }, digitByDigit(contact.phone));
    const href = `${isText ? "sms" : "tel"}:${contact.phone.replaceAll(" ", "")}`;
    card.append(element("a", { href }, name(), " ", element("span", { class: "do" }, isText ? "Text" : "Call"), " ", number, digits));
  }
  if (/^(https:\/\/|mailto:)/i.test(contact.url ?? "")) {
    const doing = contact.url.startsWith("mailto:") ? "Email" : "Open";
    card.append(element("a", { href: contact.url, rel: "noreferrer", target: "_top" }, name(), " ", element("span", { class: "do" }, doing)));
  }
  const paper = [["Letter", contact.post], ["Fax", contact.fax]].filter(([, said]) => said);
  const line = ([way, said]) => element("p", {}, element("span", { class: "do" }, way), " ", element("span", {}, said));
  if (paper.length) card.append(element("div", { class: "by-paper" }, name(), ...paper.map(line)));
  if (!card.children.length) card.append(name());
  return card;
}

// For people who would rather not call from here. Only where the browser lets a page copy.
export function addCopyButtons(within) {
  if (!navigator.clipboard) return;
  for (const number of within.querySelectorAll(".contact .number")) {
    if (number.textContent.length < SHORTEST_COPIED) continue;
    const button = element("button", { type: "button", class: "copy" }, "Copy", element("span", { class: "visually-hidden" }, ` the number ${digitByDigit(number.textContent)}`));
    button.addEventListener("click", () => copy(number.textContent, button));
    number.closest(".contact").append(button);
  }
}

async function copy(text, button) {
  const label = button.firstChild;
  try {
    await navigator.clipboard.writeText(text);
    label.data = "Copied";
    announce("The number is copied.");
  } catch {
    label.data = "Not copied";
    announce("The number could not be copied. It is beside the button.");
  }
  setTimeout(() => { label.data = "Copy"; }, 3000);
}
