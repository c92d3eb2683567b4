// Reads an answer aloud, sentence by sentence, when asked. Only with voices of the device: others would send the words away.
import { element } from "./dom.js";
import { pageMoves } from "./leave.js";

const SPEEDS = { "Slow": 0.7, "Usual": 0.95, "Quick": 1.2 };
const voices = globalThis.speechSynthesis ?? null;
let rate = SPEEDS.Usual;
let playing = null; // the answer that is being read

const AT_HOME = { en: "gb", pt: "pt", pl: "pl", fr: "fr", ro: "ro" }; // the country whose voice comes first

function deviceVoice(language) {
  const known = (voices?.getVoices() ?? []).filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
  return known.find((voice) => new RegExp(`^${language}[-_]${AT_HOME[language]}`, "i").test(voice.lang)) ?? known[0] ?? null;
}

// Browsers find their voices late; until there is one for its language, no answer offers to read itself.
function showWhetherItCan(controls) {
  controls.classList.toggle("can-read", deviceVoice(controls.dataset.language) !== null);
}
voices?.addEventListener?.("voiceschanged", () => document.querySelectorAll(".aloud").forEach(showWhetherItCan));

// Silence, at once and whatever is being read.
export function silence() {
  const stopped = playing;
  playing = null;
  voices?.cancel();
  stopped?.show();
}

// The controls below one answer. `sentences` are its elements with what a voice says for each.
export function readAloud(sentences, language = "en") {
  if (!voices) return null;
  const player = { at: 0, paused: false, run: 0, sentences, language };
  const main = element("button", { type: "button", class: "quiet" }, "Read aloud");
  const stop = element("button", { type: "button", class: "quiet", hidden: "" }, "Stop");
  const speed = element("select", { autocomplete: "off" }, ...Object.keys(SPEEDS).map((name) => element("option", { value: name }, name)));
  const speedLabel = element("label", { hidden: "" }, "Speed ", speed);
  const others = element("span", { class: "hint" }, "Others may hear it.");

  player.show = () => {
    const on = playing === player;
    main.textContent = !on ? "Read aloud" : player.paused ? "Go on" : "Pause";
    if (!on && [stop, speedLabel].some((part) => part.contains(document.activeElement))) main.focus();
    stop.hidden = speedLabel.hidden = !on;
    sentences.forEach(({ made }, index) => made.classList.toggle("reading", on && index === player.at));
    if (on) pageMoves();
    if (on) sentences[player.at]?.made.scrollIntoView({ block: "nearest" });
  };
  main.addEventListener("click", () => {
    if (playing !== player) start(player);
    else if (player.paused) go(player);
    else pause(player);
  });
  stop.addEventListener("click", () => { silence(); main.focus(); });
  speed.addEventListener("change", () => {
    rate = SPEEDS[speed.value];
    if (playing === player && !player.paused) go(player);
  });
  player.opened = () => { speed.value = Object.keys(SPEEDS).find((name) => SPEEDS[name] === rate); };
  const controls = element("div", { class: "aloud", "data-language": language }, main, stop, speedLabel, others);
  showWhetherItCan(controls);
  return controls;
}

function start(player) {
  silence();
  playing = player;
  player.at = 0;
  player.opened();
  go(player);
}

// Pausing stops the sentence and “go on” says it again: half a sentence helps nobody, and pause() hangs on some phones.
function pause(player) {
  player.paused = true;
  player.run += 1;
  voices.cancel();
  player.show();
}

function go(player) {
  player.paused = false;
  player.run += 1;
  voices.cancel();
  say(player, player.run);
}

function say(player, run) {
  const voice = deviceVoice(player.language);
  if (playing !== player || player.run !== run) return;
  if (!voice || player.at >= player.sentences.length) {
    silence();
    return;
  }
  const words = new SpeechSynthesisUtterance(player.sentences[player.at].says);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = rate;
  const next = () => {
    if (playing !== player || player.run !== run) return;
    player.at += 1;
    say(player, run);
  };
  words.addEventListener("end", next);
  words.addEventListener("error", () => { if (playing === player && player.run === run) silence(); });
  player.show();
  voices.speak(words);
}

addEventListener("pagehide", silence);
document.addEventListener("visibilitychange", () => { if (document.hidden) silence(); });
