"""A hand-off's row holds values of closed lists and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from safeguarding.escalation import (
    TALLIED,
    Escalation,
    EscalationError,
    Tally,
    event_id_of,
    iso_week,
    month_of_week,
    new_event_id,
    tallies,
    who_asked,
)

ROW = {
    "event_id": "0" * 32,
    "week": "2026-W48",
    "route": "spor",
    "topic": "financial",
    "reading_mode": "standard",
    "channel": "page",
    "release": "0123456789abcdef",
}


def test_a_row_comes_back_as_it_went() -> None:
    assert Escalation.from_row(ROW).as_row() == ROW


@pytest.mark.parametrize("field", ROW)
@pytest.mark.parametrize("value", ["he hit me", "", None, 7, ["spor"], {"spor": 1}])
def test_no_words_of_a_person_get_into_any_field(field: str, value: object) -> None:
    with pytest.raises(EscalationError, match=field):
        Escalation.from_row({**ROW, field: value})


@pytest.mark.parametrize(
    "row",
    [{**ROW, "note": "he hit me"}, {key: value for key, value in ROW.items() if key != "week"}, {}, None, "text", [ROW], list(ROW)],
)
def test_a_row_has_exactly_its_fields(row: object) -> None:
    with pytest.raises(EscalationError):
        Escalation.from_row(row)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("week", "2026-W00"),
        ("week", "2026-W54"),
        ("week", "2026-W1"),
        ("week", "2026-W48\n"),
        ("event_id", "A" * 32),
        ("event_id", "0" * 33),
        ("release", "g" * 16),
    ],
)
def test_ids_and_weeks_have_their_form(field: str, value: str) -> None:
    with pytest.raises(EscalationError, match=field):
        Escalation.from_row({**ROW, field: value})


def test_the_message_does_not_repeat_what_was_wrong() -> None:
    with pytest.raises(EscalationError) as caught:
        Escalation.from_row({**ROW, "topic": "he hit me"})
    assert "he hit me" not in str(caught.value)


@pytest.mark.parametrize(
    ("day", "week"),
    [(date(2026, 11, 23), "2026-W48"), (date(2027, 1, 3), "2026-W53"), (date(2024, 12, 30), "2025-W01"), (date(2026, 2, 1), "2026-W05")],
)
def test_iso_weeks_at_the_turn_of_the_year(day: date, week: str) -> None:
    assert iso_week(day) == week


@pytest.mark.parametrize(
    ("week", "month"), [("2026-W01", "2026-01"), ("2026-W53", "2026-12"), ("2026-W05", "2026-01"), ("2025-W01", "2025-01")]
)
def test_a_week_lies_in_the_month_of_its_thursday(week: str, month: str) -> None:
    assert month_of_week(week) == month


def test_event_ids_differ_and_have_their_form() -> None:
    ids = {new_event_id() for _ in range(100)}
    assert len(ids) == 100
    for event_id in ids:
        Escalation.from_row({**ROW, "event_id": event_id})


def test_the_event_id_of_a_hand_off_is_the_same_each_time_and_for_no_other() -> None:
    one = event_id_of("secret", "spor", "none")
    assert one == event_id_of("secret", "spor", "none")
    assert (
        len(
            {one, event_id_of("secret", "police", "none"), event_id_of("secret", "spor", "financial"), event_id_of("other", "spor", "none")}
        )
        == 4
    )


def test_weekly_counts_stand_apart_from_rows() -> None:
    found = tallies("2026-W48", for_whom="other", role="public", language="pl")
    assert {(tally.attribute, tally.value) for tally in found} == {("for_whom", "other"), ("role", "public"), ("language", "pl")}
    assert not set(TALLIED) & set(ROW), "nothing of a tally stands in a row"


@pytest.mark.parametrize(("attribute", "value"), [("for_whom", "my mum"), ("name", "self"), ("role", "en"), ("language", None)])
def test_a_weekly_count_is_of_a_closed_list(attribute: str, value: str) -> None:
    with pytest.raises(EscalationError):
        Tally.from_row({"week": "2026-W48", "attribute": attribute, "value": value})


@pytest.mark.parametrize(
    ("answer", "slots", "expected"),
    [
        ("concern_self", {}, ("self", "not_said")),
        ("concern_other", {"role": "carer_or_worker"}, ("other", "carer_or_worker")),
        ("concern_other", {"for_whom": "self"}, ("self", "not_said")),
        ("how_to_report", {"for_whom": "my mum", "role": "nurse at Eagle House"}, ("not_said", "not_said")),
    ],
)
def test_who_asked_is_only_what_was_told(answer: str, slots: dict[str, str], expected: tuple[str, str]) -> None:
    assert tuple(who_asked(answer, slots).values()) == expected
