"""From an answer to a message: standard reading whole, easy read in parts of three, contacts with their addresses."""

from __future__ import annotations

import pytest

from safeguarding.content import Answer, Content, Sentence, load_content
from safeguarding.messages import compose, count_parts, present, present_contact
from safeguarding.settings import Settings

CONTENT = load_content()


def answer(sentences: int = 7, choices: tuple[str, ...] = ("about", "human", "privacy")) -> Answer:
    says = tuple(Sentence(f"Sentence {number}.", "home" if number == 1 else None) for number in range(1, sentences + 1))
    day = CONTENT.answers["about"].reviewed_on
    return Answer("made_up", "question", "T", "L", "Call [[emergency.phone]].", says, ("msp_page",), day, day, ("emergency",), choices)


@pytest.mark.parametrize(("sentences", "parts"), [(0, 1), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3)])
def test_easy_read_comes_in_parts_of_three(sentences: int, parts: int) -> None:
    assert count_parts(answer(sentences)) == parts


def test_standard_reading_is_one_message() -> None:
    message = compose(CONTENT, answer(), easy_read=False)
    assert message["text"] == "Call 999."
    assert message["custom"] == {
        "answer": "made_up",
        "part": 0,
        "sentences": [],
        "contacts": ["emergency"],
        "choices": ["about", "human", "privacy"],
    }


def test_the_parts_of_easy_read_hold_every_sentence_once_and_lead_on() -> None:
    parts = [compose(CONTENT, answer(), easy_read=True, part=part) for part in (1, 2, 3)]
    assert [sentence["text"] for part in parts for sentence in part["custom"]["sentences"]] == [f"Sentence {n}." for n in range(1, 8)]
    assert [part["custom"]["choices"][0] for part in parts] == ["more", "more", "about"]
    assert [part["custom"]["contacts"] for part in parts] == [["emergency"], [], []], "every route stands in the first part"
    assert parts[0]["text"] == "Sentence 1. Sentence 2. Sentence 3."


def test_there_are_never_more_than_four_choices() -> None:
    many = answer(choices=("about", "human", "privacy", "greet", "thanks"))
    assert len(compose(CONTENT, many, easy_read=False)["custom"]["choices"]) == 4
    assert len(compose(CONTENT, many, easy_read=True)["custom"]["choices"]) == 4


def test_a_message_has_the_shape_of_the_contract() -> None:
    content = Content({**CONTENT.answers, "made_up": answer()}, CONTENT.contacts, CONTENT.pictures, {}, {}, "0" * 16, CONTENT.choices)
    message = present(content, Settings(), compose(content, content.answers["made_up"], easy_read=True))
    assert message == {
        "answer": "made_up",
        "text": "Sentence 1. Sentence 2. Sentence 3.",
        "sentences": [
            {"text": "Sentence 1.", "picture": {"src": "/chat/pictures/house.svg", "alt": CONTENT.pictures["home"].alt}},
            {"text": "Sentence 2.", "picture": None},
            {"text": "Sentence 3.", "picture": None},
        ],
        "contacts": [{"id": "emergency", "name": "Emergency services", "phone": "999", "url": None}],
        "choices": [
            {"id": "more", "label": "More"},
            *({"id": choice, "label": CONTENT.answers[choice].label} for choice in ("about", "human", "privacy")),
        ],
    }


def test_a_special_case_is_shown_under_the_id_of_its_answer() -> None:
    special = CONTENT.answers["after_emergency_no_police"]
    assert present(CONTENT, Settings(), compose(CONTENT, special, easy_read=False))["answer"] == "after_emergency"


def test_the_form_has_the_boards_website_until_its_address_is_set() -> None:
    form = CONTENT.contacts["concerns_form"]
    assert present_contact(form, Settings()) == {"id": "concerns_form", "name": form.name_without_url, "phone": None, "url": form.url}
    configured = present_contact(form, Settings(concerns_form_url="https://example.je/form"))
    assert (configured["name"], configured["url"]) == (form.name, "https://example.je/form")


def test_an_email_address_opens_a_letter() -> None:
    assert present_contact(CONTENT.contacts["samaritans_email"], Settings())["url"] == "mailto:jo@samaritans.org"


@pytest.mark.parametrize("easy_read", [False, True])
@pytest.mark.parametrize("one", CONTENT.answers.values(), ids=lambda one: one.id)
def test_every_answer_can_be_shown(one: Answer, easy_read: bool) -> None:
    for part in range(1, count_parts(one) + 1):
        message = present(CONTENT, Settings(), compose(CONTENT, one, easy_read=easy_read, part=part))
        assert message["text"]
        assert "[[" not in message["text"]
        assert len(message["choices"]) <= 4
        assert len(message["sentences"]) <= 3
