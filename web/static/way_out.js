// “Go back” and “Stop” beside every question of the guided path. A reply has room for four choices; these two stand apart.
const group = document.querySelector("#way-out");
const questions = new Set(group.dataset.questions.split(" "));
const ways = [...group.querySelectorAll("button")];

// Shows them where the newest message is a question. Returns its other choices, and the labels of all that can be chosen.
export function showWayOut({ answer, choices }) {
  const asks = questions.has(answer);
  group.hidden = !asks;
  const others = asks ? choices.filter(({ id }) => !ways.some((way) => way.value === id)) : choices;
  return { others, labels: [...others.map(({ label }) => label), ...(asks ? ways.map((way) => way.textContent.trim()) : [])] };
}
