// What has the focus is never under the bar, the question box or the open numbers: WCAG 2.4.11.

const MOST_OF_SCREEN = 0.4; // a box that is higher than this gives up its place at the bottom
const AIR = 16; // pixels between what has the focus and what covers the page

const page = document.documentElement;
const bar = document.querySelector(".bar");
const box = document.querySelector("#ask");
const numbers = document.querySelector("#numbers");

function makeRoom() {
  box.classList.toggle("in-the-way", box.offsetHeight > innerHeight * MOST_OF_SCREEN);
  const scrolledAway = parseFloat(getComputedStyle(bar).top) || 0; // on a phone the bar's first row, as a negative number
  page.style.scrollPaddingTop = `${bar.offsetHeight + scrolledAway + AIR}px`;
  page.style.scrollPaddingBottom = `${(getComputedStyle(box).position === "sticky" ? box.offsetHeight : 0) + AIR}px`;
}

const sizes = new ResizeObserver(makeRoom);
sizes.observe(box);
sizes.observe(bar);
addEventListener("resize", makeRoom);
document.addEventListener("focusin", ({ target }) => { if (numbers.open && !numbers.contains(target)) numbers.open = false; });
