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
  clearTimeout(clearing);
  const region = document.querySelector("#announcer");
  region.replaceChildren(...lines.map((line) => element("p", langOf(line), line.says ?? line)));
  clearing = setTimeout(() => region.replaceChildren(), ANNOUNCED_FOR);
}

function langOf({ language = document.documentElement.lang }) {
  return language === document.documentElement.lang ? {} : { lang: language };
}

// “01534 444440” as a voice should say it: each digit alone, a rest where the number has a space.
export function digitByDigit(number) {
  return number.trim().split(/\s+/).map((group) => [...group].join(" ")).join(", ");
}

// A text with its telephone numbers digit by digit. Long numbers show themselves, short ones must be named.
export function spoken(text, numbers = []) {
  const short = numbers.map((number) => `\\b${number.replaceAll("+", "\\+")}\\b`);
  return text.replace(/^- /gm, "").replace(new RegExp([String.raw`\+?\b\d[\d ]{4,}\d\b`, ...short].join("|"), "g"), digitByDigit);
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
