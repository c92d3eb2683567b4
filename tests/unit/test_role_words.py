"""In what role somebody writes: hits and near-misses for each role, and that nothing is guessed."""

from __future__ import annotations

import pytest

from safeguarding.escalation import ROLES
from safeguarding.role_words import role_of


@pytest.mark.parametrize(
    "text",
    [
        "I'm a carer",
        "Im a support worker and one of the others hits people",
        "I work in a care home",
        "I work nights at a nursing home in town",
        "as a nurse, do I have to report it?",
        "I am an agency carer",
        "one of my residents has bruises",
        "our clients are being shouted at",
        "I look after my mum and she says someone took her purse",
        "I care for my wife",
        "I'm my dad's carer",
        "I'm her carer",
        "I'm his full time carer",
        "I volunteer at a day centre",
        "we work in home care",
    ],
)
def test_a_carer_or_worker(text: str) -> None:
    assert role_of(text) == "carer_or_worker"


@pytest.mark.parametrize(
    "text",
    [
        "I have a learning disability and my brother takes my money",
        "I've got dementia",
        "i have MS and cannot get out",
        "I am in a wheelchair",
        "I'm deaf and cannot phone",
        "I live in a care home and they shout",
        "my carer hits me",
        "my support worker takes my money",
        "carers come in to wash me",
        "I need help to wash and she won't come",
        "I'm disabled",
        "I have a social worker",
    ],
)
def test_somebody_with_care_needs(text: str) -> None:
    assert role_of(text) == "care_needs"


@pytest.mark.parametrize(
    "text", ["I'm just a neighbour", "I am her daughter", "as a member of the public", "I'm a friend of hers", "I'm the landlord"]
)
def test_a_member_of_the_public(text: str) -> None:
    assert role_of(text) == "public"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "my neighbour has bruises",
        "my mum's carer took her money",
        "her carer shouts at her",
        "what does a carer do?",
        "I am worried about a nurse",
        "my friend has a learning disability",
        "she has dementia",
        "I'm not a carer",
        "I am not her carer",
        "I used to be a nurse",
        "is my care home allowed to do this",
        "I have a question about carers",
        "what if I am a carer",
        "he works in a care home",
        "my mum lives in a care home",
        "I'm scared",
        "I care about my mum",
        "carer's allowance",
        "I am a person",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert role_of(text) is None


def test_every_role_is_one_that_is_counted() -> None:
    assert {role_of("I'm a carer"), role_of("I'm deaf"), role_of("I'm a friend")} | {"not_said"} == ROLES
