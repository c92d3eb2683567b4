// Hard words: underlined in an answer, their meaning below the line on a tap. The list stands on the page, from glossary.yml.
import { announce, element } from "./dom.js";

const entries = new Map();
for (const entry of document.querySelectorAll(".glossary > div")) {
  for (const form of entry.dataset.forms.split("|")) entries.set(form.toLowerCase(), entry);
}
const escaped = [...entries.keys()].sort((a, b) => b.length - a.length).map((form) => form.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&"));
const pattern = entries.size ? new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${escaped.join("|")})(?![\\p{L}\\p{N}_-])`, "giu") : null;
let made = 0;

// The text in pieces: strings, and a button for each hard word that `seen` does not hold yet.
export function withHardWords(text, seen) {
  if (!pattern) return [text];
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const entry = entries.get(match[0].toLowerCase());
    if (!entry || seen.has(entry)) continue;
    seen.add(entry);
    pieces.push(text.slice(end, match.index), wordButton(match[0], entry));
    end = match.index + match[0].length;
  }
  return [...pieces, text.slice(end)];
}

function wordButton(text, entry) {
  const button = element("button", { type: "button", class: "word", "aria-expanded": "false" }, text);
  const meaning = entry.querySelector("dd").textContent;
  button.addEventListener("click", () => toggle(button, `${entry.querySelector("dt").textContent}: ${meaning}`));
  return button;
}

function toggle(button, text) {
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) {
    document.getElementById(button.getAttribute("aria-controls"))?.remove();
    button.removeAttribute("aria-controls");
    return;
  }
  made += 1;
  const meaning = element("span", { class: "meaning", id: `meaning-${made}` }, text);
  button.setAttribute("aria-controls", meaning.id);
  button.closest("p, li").append(meaning);
  announce(text);
}
