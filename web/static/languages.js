// The page in another language: swaps the English words of the page for those of the language, also in what scripts add later.
// Answers come in their language from the server. What a person wrote, and parts with a lang of their own, are left alone.

const SPOKEN = ["aria-label", "title", "placeholder"];
const WITH_SPOKEN = SPOKEN.map((name) => `[${name}]`).join();
const LEFT_ALONE = "script, style, textarea, .you p, .own-text, .words, .note, .in-english, .say-in-english";
const page = document.documentElement;
const english = new WeakMap(); // nodes and what they said in English
const shown = new WeakMap(); // text nodes and what was written into them here
let words = {};
let patterns = []; // words that scripts put together: “You can choose: {labels}”
const asServed = page.lang; // the language in which the server wrote the page
const servedWords = asServed === "en" ? {} : load(asServed);
let untouched = asServed !== "en"; // what it says is not known in English yet
let changes = 0;

// The page in this language; English again where there are no words for it. Keeps still where nothing changes.
export async function speakIn(language) {
  changes += 1; // also where nothing changes: another language may be on its way
  if (language === page.lang) return;
  const mine = changes;
  const found = language === "en" ? {} : await load(language);
  const back = (await servedWords) ?? (await load(asServed)); // they may have got lost the first time
  if (mine !== changes || !found || !back) return; // another change came, or there are no words: it stays as it is
  if (untouched) learnBack(back);
  untouched = false;
  use(found);
  page.lang = language;
  const book = document.querySelector("#all-answers");
  if (book) book.search = language === "en" ? "" : `language=${language}`;
  swap(document.body);
  for (const button of document.querySelectorAll("#languages button")) {
    button.setAttribute("aria-pressed", String(button.lang === language));
  }
  dispatchEvent(new Event("languagechanged"));
}

function use(found) {
  words = found;
  patterns = Object.entries(found).filter(([said]) => /\{\w+\}/.test(said)).map(([said, other]) => [asPattern(said), other]);
}

async function load(language) {
  try {
    const answer = await fetch(`/chat/static/words-${language}.json`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// A page that came in another language from the server: what it says in English, so that it can change again.
function learnBack(words) {
  const back = Object.fromEntries(Object.entries(words).map(([said, other]) => [tidy(other), said]));
  for (const node of textNodes(document.body)) {
    const core = tidy(node.data);
    if (back[core]) english.set(node, node.data.replace(node.data.trim(), back[core]));
  }
  for (const made of document.body.querySelectorAll(WITH_SPOKEN)) {
    const said = SPOKEN.filter((name) => back[tidy(made.getAttribute(name) ?? "")]);
    if (said.length) english.set(made, Object.fromEntries(said.map((name) => [name, back[tidy(made.getAttribute(name))]])));
  }
}

const observer = new MutationObserver((changes) => {
  if (!Object.keys(words).length) return;
  for (const { type, target, addedNodes } of changes) {
    if (type === "characterData" && shown.get(target) !== target.data) english.delete(target);
    for (const node of type === "characterData" ? [target] : addedNodes) swap(node);
  }
});
observer.observe(document.body, { childList: true, characterData: true, subtree: true });

// A page that came in another language: its words are for what scripts have put on it and will.
if (untouched) {
  servedWords.then((found) => {
    if (!untouched || !found) return;
    use(found);
    swap(document.body);
  });
}

function swap(within) {
  if (within.nodeType === Node.TEXT_NODE) return swapText(within);
  if (within.nodeType !== Node.ELEMENT_NODE) return;
  textNodes(within).forEach(swapText);
  for (const made of [within, ...within.querySelectorAll(WITH_SPOKEN)]) {
    for (const name of SPOKEN) if (made.hasAttribute(name) && !isAlone(made)) swapAttribute(made, name);
  }
}

function swapText(node) {
  if (!node.parentElement || isAlone(node.parentElement)) return;
  if (!english.has(node)) english.set(node, node.data);
  const said = english.get(node);
  const core = tidy(said);
  const other = inLanguage(core);
  const wanted = other === undefined ? said : said.replace(said.trim(), () => other);
  shown.set(node, wanted);
  if (node.data !== wanted) node.data = wanted;
}

function swapAttribute(made, name) {
  const kept = english.get(made) ?? {};
  kept[name] ??= made.getAttribute(name);
  english.set(made, kept);
  made.setAttribute(name, inLanguage(tidy(kept[name])) ?? kept[name]);
}

// The words in the language, with what scripts put into them; nothing where there are none.
function inLanguage(core) {
  if (Object.hasOwn(words, core)) return words[core];
  for (const [pattern, other] of patterns) {
    const parts = pattern.exec(core)?.groups;
    if (parts) return other.replace(/\{(\w+)\}/g, (_, name) => words[parts[name]] ?? parts[name]);
  }
  return undefined;
}

function asPattern(said) {
  const escaped = said.replace(/[$()*+.?[\\\]^|]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>[^]*)");
  return new RegExp(`^${escaped}$`);
}

function textNodes(within) {
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode);
  return found;
}

function isAlone(made) {
  const own = made.closest("[lang]");
  return (own !== null && own !== page) || made.closest(LEFT_ALONE) !== null;
}

function tidy(text) {
  return text.trim().replace(/\s+/g, " ");
}
