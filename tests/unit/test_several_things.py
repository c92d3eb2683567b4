"""What is told apart from what is asked: hits and near-misses."""

from __future__ import annotations

import pytest

from safeguarding.several_things import MOST_PARTS, Parts, happens_for_real, is_own, take_apart


@pytest.mark.parametrize(
    ("text", "told", "asked"),
    [
        ("My carer shouts at me. Is that abuse?", "My carer shouts at me.", "Is that abuse?"),
        ("My son takes my money, what happens if I tell someone", "My son takes my money.", "what happens if I tell someone"),
        ("she hits my mum and who do I tell?", "she hits my mum.", "who do I tell?"),
        ("Will they tell her it was me? My neighbour has bruises.", "My neighbour has bruises.", "Will they tell her it was me?"),
        ("My dad is left alone all day\nwhat are the signs of neglect", "My dad is left alone all day.", "what are the signs of neglect"),
        ("He takes her pension. Is that abuse? Who do I call?", "He takes her pension.", "Who do I call?"),
    ],
)
def test_what_is_told_and_what_is_asked(text: str, told: str, asked: str) -> None:
    assert take_apart(text) == Parts(told, asked)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what is neglect?",
        "My carer shouts at me.",
        "My carer shouts at me. She also takes my money.",
        "Hello. What is neglect?",
        "Hello, what is neglect?",
        "What is abuse? How do I tell someone?",
        "what do I do if she hits him and what if she says no",
        "I do not know what to do about my mum",
        "She hit him. " * MOST_PARTS + "What now?",
    ],
)
def test_what_does_not_do_both_stays_whole(text: str) -> None:
    assert take_apart(text) is None


@pytest.mark.parametrize(
    "told",
    [
        "My carer shouts at me every day.",
        "He takes her pension.",
        "Someone is taking her money.",
        "The staff lock me in.",
        "A carer hits my mum.",
    ],
)
def test_what_happens_to_somebody_is_a_worry(told: str) -> None:
    assert happens_for_real(told)


@pytest.mark.parametrize(
    "told",
    [
        "A carer shouts at a resident every day.",
        "A man hits his wife.",
        "Quiz: my carer shouts at me.",
        "My workbook says a carer hits a lady.",
        "In my book the daughter locks her mother in.",
        "On the news a nurse hit a patient.",
        "on corrie some lads hit him",
        "in the series the daughter threatens him",
        "The picture card has a man who takes the purse.",
        "I read of a woman who stole from my bank.",
        "Suppose my neighbour hit his wife.",
        "If my carer hit me",
    ],
)
def test_a_lesson_the_news_or_nobody_known_is_no_worry(told: str) -> None:
    assert not happens_for_real(told)


@pytest.mark.parametrize(
    ("told", "own"), [("She shouts at me.", True), ("My mum is cold.", True), ("Our nan falls.", True), ("He shouts.", False)]
)
def test_what_is_ones_own(told: str, own: bool) -> None:
    assert is_own(told) is own
