// The few helpers that the other files share. Text only ever becomes text.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

const ANNOUNCED_FOR = 8000; // milliseconds that an announcement stays where a screen reader can meet it again
let clearing = 0;

// Says something once to screen readers, outside the transcript, which they can read at their own pace.
// A line is a text in the language of the page, or says in which other one it is: {says, language}.
export function announce(...lines) {
  document.querySelector("#announcer").replaceChildren();
  announceMore(...lines);
}

// The same, beside what is being announced.
export function announceMore(...lines) {
  clearTimeout(clearing);
  const region = document.querySelector("#announcer");
  region.append(...lines.map((line) => element("p", langOf(line), line.says ?? line)));
  clearing = setTimeout(() => region.replaceChildren(), ANNOUNCED_FOR);
}

// English says so in any case: the page may be about to speak another language.
function langOf({ language }) {
  return language && (language === "en" || language !== document.documentElement.lang) ? { lang: language } : {};
}

// “01534 444440” as a voice should say it: each digit alone, a rest where the number has a space.
export function digitByDigit(number) {
  return number.trim().split(/\s+/).map((group) => [...group].join(" ")).join(", ");
}

// What finds telephone numbers in a text. Long numbers show themselves, short ones must be named.
function numbersLike(numbers) {
  const short = numbers.map((number) => `\\b${number.replaceAll("+", "\\+")}\\b`);
  return new RegExp([String.raw`\+?\b\d[\d\u00a0 ]{4,}\d\b`, ...short].join("|"), "g");
}

// A text with its telephone numbers digit by digit.
export function spoken(text, numbers = []) {
  return text.replace(/^- /gm, "").replace(numbersLike(numbers), digitByDigit);
}

// A text in pieces: strings, and each telephone number for the eye as it is, for a screen reader digit by digit.
export function withDigits(text, numbers) {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(numbersLike(numbers))) {
    const [number] = match;
    const heard = element("span", { class: "digits" }, digitByDigit(number));
    const seen = element("span", { "aria-hidden": "true" }, number);
    pieces.push(text.slice(end, match.index), element("span", { class: "figures" }, heard, seen));
    end = match.index + number.length;
  }
  return [...pieces, text.slice(end)];
}

// The same text with its numbers on one line each.
export function unbroken(text) {
  return text.replace(/\+?\b\d[\d ]{4,}\d\b/g, (number) => number.replaceAll(" ", "\u00a0"));
}

// The numbers that always stand on the page; the server writes them.
export function numbersOnPage() {
  return [...document.querySelectorAll(".panel .number")].map((number) => number.textContent);
}

export function moveTo(target) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
}
