// Hard words: underlined in an answer, their meaning below the line on a tap. The English ones stand in a list on the page, from
// glossary.yml; an answer in another language brings its own.
import { announce, element } from "./dom.js";

const LOOKS_BEHIND = canLookBehind(); // Safari before 16.4 cannot: there the words are not underlined, and all else works
const entries = new Map();
for (const entry of document.querySelectorAll(".glossary > div")) {
  for (const form of entry.dataset.forms.split("|")) entries.set(form.toLowerCase(), entry);
}
const english = { entries, pattern: patternOf(entries) };
let made = 0;

// What `withHardWords` looks for in a message: the page's English list, or what the message itself brought, in its language.
export function hardWordsOf(message) {
  if ((message.language ?? "en") === "en") return english;
  const own = new Map((message.hard_words ?? []).map((entry) => [entry.form.toLowerCase(), entry]));
  return { entries: own, pattern: patternOf(own), language: message.language };
}

function canLookBehind() {
  try {
    return Boolean(new RegExp("(?<!a)b"));
  } catch {
    return false;
  }
}

function patternOf(found) {
  const escaped = [...found.keys()].sort((a, b) => b.length - a.length).map((form) => form.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&"));
  const word = `(?<![\\p{L}\\p{N}_-])(?:${escaped.join("|")})(?![\\p{L}\\p{N}_-])`;
  if (!escaped.length || !LOOKS_BEHIND) return null;
  return new RegExp(`(?<!(?:https?://|www\\.|@)\\S*)${word}(?!\\S*@)`, "giu"); // a part of an address is no word
}

// The text in pieces: strings, and a button for each hard word that `seen` does not hold yet.
export function withHardWords(text, seen, { entries, pattern, language } = english) {
  if (!pattern) return [text];
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const entry = entries.get(match[0].toLowerCase());
    if (!entry || seen.has(entry)) continue;
    seen.add(entry);
    pieces.push(text.slice(end, match.index), wordButton(match[0], entry, language));
    end = match.index + match[0].length;
  }
  return [...pieces, text.slice(end)];
}

// The list on the page speaks the page's language, whatever that is when the word is pressed.
function wordButton(text, entry, language) {
  const button = element("button", { type: "button", class: "word", "aria-expanded": "false" }, text);
  const says = () => (entry.form ? [entry.word, entry.meaning] : ["dt", "dd"].map((part) => entry.querySelector(part).textContent));
  button.addEventListener("click", () => toggle(button, says().join(": "), language ?? document.documentElement.lang));
  return button;
}

function toggle(button, text, language) {
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) {
    document.getElementById(button.getAttribute("aria-controls"))?.remove();
    button.removeAttribute("aria-controls");
    return;
  }
  made += 1;
  const meaning = element("span", { class: "meaning", id: `meaning-${made}`, lang: language }, text);
  button.setAttribute("aria-controls", meaning.id);
  button.closest("p, li").append(meaning);
  announce({ says: text, language });
}
