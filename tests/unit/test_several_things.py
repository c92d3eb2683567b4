"""What is told apart from what is asked: hits and near-misses."""

from __future__ import annotations

import pytest

from safeguarding.several_things import MOST_PARTS, Parts, take_apart


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
