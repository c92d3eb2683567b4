// What stands around an answer in another language: what has to be said of the translation, its English, and words for the phone.
import { element } from "./dom.js";

// The words of the answer without the lines that stand in a box of their own.
export function wordsOf(message) {
  const box = message.say_in_english;
  if (!box) return message.text;
  const own = (line) => line !== box.lead && !box.phrases.some(({ english }) => line.startsWith(`- ${english}`));
  return message.text.split("\n").filter(own).join("\n");
}

// English sentences to say on the phone, each with its meaning.
export function sayInEnglish(message) {
  const box = message.say_in_english;
  if (!box) return null;
  const rows = box.phrases.map(({ english, meaning }) =>
    element("li", {}, element("strong", { lang: "en" }, english), " ", element("span", {}, meaning)));
  return element("div", { class: "say-in-english", lang: message.language }, element("p", {}, box.lead), element("ul", {}, ...rows));
}

// The note about the translation, in its language, with the English below it; `english` are the elements of that.
export function aboutTranslation(message, english) {
  if (!message.note) return [];
  const note = element("p", { class: "note", lang: message.note_language }, message.note);
  if (!english.length) return [note];
  const summary = element("summary", { lang: message.note_language }, message.in_english);
  return [note, element("details", { class: "in-english" }, summary, element("div", { lang: "en" }, ...english))];
}
