// “My words to say”: lays out on the page, and only there, what somebody picked and wrote. Nothing of it is sent or stored.
import { announce, element } from "./dom.js";

const card = document.querySelector(".my-words");
const laidOut = card.querySelector(".words-card");
const list = laidOut.querySelector("ul.matters");
const own = laidOut.querySelector(".own-text");
const ownWords = card.querySelector("#own-words");
const offer = document.querySelector("#offer-words");
const offeredUnder = new Set(offer.dataset.answers.split(" "));
let touched = 0; // when something was picked or written last

laidOut.hidden = false;
layOut();

// Offers the card after an answer to which it belongs.
export function offerWords(messages) {
  offer.hidden = !messages.some(({ answer }) => offeredUnder.has(answer));
}

function layOut() {
  const about = card.querySelector("#card-them").checked ? ".them" : ".me";
  const picked = [...card.querySelectorAll(".wishes input:checked")].map((box) => box.closest("label").querySelectorAll(about));
  const wrote = ownWords.value.trim();
  list.replaceChildren(...picked.map(([wish, english]) => element("li", {}, wish.textContent, inEnglish(english.textContent))));
  own.textContent = wrote;
  own.hidden = !wrote;
  for (const part of laidOut.querySelectorAll(".matters")) part.hidden = !picked.length;
}

function inEnglish(words) {
  return element("span", { class: "beside", lang: "en" }, words);
}

function clear() {
  for (const box of card.querySelectorAll(".wishes input")) box.checked = false;
  card.querySelector("[type=radio]").checked = true;
  ownWords.value = "";
  layOut();
}

const DOES = {
  print() {
    document.documentElement.classList.add("prints-card");
    window.print();
  },
  async copy() {
    try {
      await navigator.clipboard.writeText(laidOut.querySelector(".card-text").innerText.replace(/\n{2,}/g, "\n").trim());
      announce("The words are copied. You can put them into a message or a note.");
    } catch {
      announce("The words could not be copied.");
    }
  },
  clear() {
    clear();
    announce("The card is empty again.");
    card.querySelector("[type=radio]").focus();
  },
};

card.addEventListener("input", () => { touched = Date.now(); layOut(); });
addEventListener("languagechanged", layOut);
card.querySelector(".actions").addEventListener("click", ({ target }) => DOES[target.closest("button")?.value]?.());
card.querySelector("[value=copy]").hidden = !navigator.clipboard;
addEventListener("afterprint", () => document.documentElement.classList.remove("prints-card"));
addEventListener("pagehide", clear);
// Forgotten with the chat where nobody was at it either.
document.addEventListener("guide:forgotten", ({ detail }) => { if (Date.now() - touched >= detail.idle) clear(); });
