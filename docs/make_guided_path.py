"""Writes docs/guided-path.md: every way through the guided path, walked by its buttons and by words, under a head written by hand.

python docs/make_guided_path.py            writes the page
python docs/make_guided_path.py --check    says whether the page is up to date; changes nothing
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "guided-path.md"
sys.path.insert(0, str(ROOT))

from safeguarding.content import Content, load_content  # noqa: E402
from safeguarding.report_path import (  # noqa: E402
    ANSWER,
    BUTTONS,
    BUTTONS_OF,
    MOST_MISSES,
    MOST_QUESTIONS,
    QUESTIONS,
    Step,
    advance,
    start,
)  # fmt: skip

HEAD = """# The guided path

“Help me find who to tell” asks at most {most_questions} short questions and ends in one card. It is offered under
“How do I tell someone?” and starts on words such as “guide me through it”. Nobody has to take it: that answer gives the numbers at once.

This page is made by `docs/make_guided_path.py` from the decisions in `safeguarding/report_path.py` and the words in
`content/answers/report/`.

## What decides what
| What | Where |
| --- | --- |
| Which question comes next, what is skipped, the card | `safeguarding/report_path.py`; examples in `tests/unit/test_report_path.py` |
| What typed words say | `safeguarding/path_words.py`; hits and near-misses in `tests/unit/test_path_words.py` |
| The words of questions, cards and buttons | `content/answers/report/` and `content/choices.yml` |
| How Rasa runs it | the form `report_form` in `domain.yml`, `data/rules/report.yml`, `actions/report.py` |

## What holds at every step
- Danger comes first, and at any step: the emergency answer leads, and the path ends.
- “Not sure” is an answer to every question, and no answer keeps the card back.
- “Go back” and “Stop these questions” are understood, and are buttons of the page, at every question and in both readings. “Go back”
  leads out of the path at the first question, and to the question that was open after stopping.
- What was said already is not asked: “my neighbour, she's 85” answers two questions. Who writes about themselves is not asked for consent.
- A question in the middle is answered, and the open question comes again. “Actually it's me” and “no wait, he's 16” change what was said.
- What cannot be read is asked again in other words; after {most_misses} times in a row the contacts come.
- Only values from closed lists are kept, for as long as the conversation.

## The questions
| Question | Its buttons |
| --- | --- |
{questions}

## Every way through it
```mermaid
flowchart TD
{chart}
```

## Where it ends
| Card | First contacts | Counted as |
| --- | --- | --- |
{cards}
"""


BY_WORDS = {
    "for_whom": {"typed: another person": {"for_whom": "other"}, "typed: me, and I am under 18": {"for_whom": "self", "age": "child"}},
}
"""What only typed words say: no button of the question does."""

FROM_EVERY_QUESTION = {"stop_asking": "Stop", "report_contacts": f"not read {MOST_MISSES} times in a row"}
"""Endings to which every question leads."""


def steps(content: Content, step: Step) -> Iterator[tuple[str, str, str]]:
    """Each question with the words of an answer and what comes after it, over every way through the path."""
    if step.ask is None:
        return
    answers = {content.choices[button]: BUTTONS[button] for button in BUTTONS_OF[step.ask]} | BY_WORDS.get(step.ask, {})
    for words, says in answers.items():
        after = advance(step.path, ANSWER, says)
        yield step.ask, words, after.ask or str(after.ending)
        yield from steps(content, after)


def chart(content: Content) -> list[str]:
    """The lines of the drawing: one arrow for each pair of boxes, with the words of all buttons that lead along it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for here, words, there in steps(content, start({})):
        labels = arrows.setdefault((here, there), [])
        if words not in labels:
            labels.append(words)
    ends = sorted({there for _, there in arrows if there not in QUESTIONS} | set(FROM_EVERY_QUESTION))
    boxes = [f'    {slot}["{content.answers[f"report_{slot}"].title}"]' for slot in QUESTIONS if slot in {here for here, _ in arrows}]
    boxes += [f'    {end}(["{content.answers[end].title}"])' for end in ends]
    always = [f'    {slot} -.->|"{words}"| {end}' for end, words in FROM_EVERY_QUESTION.items() for slot in QUESTIONS]
    return boxes + [f'    {here} -->|"{" / ".join(labels)}"| {there}' for (here, there), labels in arrows.items()] + always


def render(content: Content) -> str:
    """The whole page."""
    ends = sorted({there for _, _, there in steps(content, start({})) if there not in QUESTIONS} | set(FROM_EVERY_QUESTION))
    cards = []
    for answer in (content.answers[end] for end in ends):
        contacts = ", ".join(content.contacts[contact].name for contact in answer.contacts[:2])
        cards.append(f"| {answer.title} | {contacts} | {answer.hand_off.route if answer.hand_off else 'nothing'} |")
    questions = [
        f"| {content.answers[f'report_{slot}'].title} | {' · '.join(content.choices[button] for button in BUTTONS_OF[slot])} |"
        for slot in QUESTIONS
    ]
    return HEAD.format(
        most_questions=MOST_QUESTIONS,
        most_misses=MOST_MISSES,
        questions="\n".join(questions),
        chart="\n".join(chart(content)),
        cards="\n".join(cards),
    )


def main(arguments: list[str]) -> int:
    """Write the page, or with --check only compare it; 1 where it is out of date."""
    page = render(load_content())
    if "--check" not in arguments:
        PAGE.write_text(page, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page:
        print("docs/guided-path.md is out of date: run python docs/make_guided_path.py.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
