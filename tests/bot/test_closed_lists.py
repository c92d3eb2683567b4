"""A slot that is kept holds names from the guide's own lists, whatever somebody tried to put there."""

from __future__ import annotations

import pytest
from conversations import CANARY, saved, start, turn
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.content_importer import compile_responses
from bot.forgetful_tracker_store import ForgetfulTrackerStore
from safeguarding.content import load_content
from safeguarding.settings import ROOT

DOMAIN = Domain.from_file(str(ROOT / "domain.yml")).merge(Domain.from_dict({"responses": compile_responses(load_content())}))


@pytest.fixture
def guides_store(store: ForgetfulTrackerStore) -> ForgetfulTrackerStore:
    """The store with the guide's own domain."""
    store.domain = DOMAIN
    return store


def whole_conversation(*noted: Event) -> DialogueStateTracker:
    """Slots that were set before so many turns that they stand in front of those that are kept."""
    events = [*start(), *noted, *(event for number in range(9) for event in turn(number))]
    return DialogueStateTracker.from_events("one", events, DOMAIN.slots)


@pytest.mark.parametrize(
    "held",
    [
        "Mary Le Brun",
        "mary",
        7700900123,
        3.5,
        ["spor:none", "Mary"],
        {"danger": "she said no"},
        {"Mary": "no"},
        {"told": {"danger": [CANARY]}},
    ],
)
async def test_a_slot_that_holds_what_is_on_no_list_is_not_kept(
    guides_store: ForgetfulTrackerStore, caplog: pytest.LogCaptureFixture, held: object
) -> None:
    long_ago, just_now = SlotSet("told", held), SlotSet("offered", held)
    tracker = whole_conversation(long_ago, SlotSet("report_asked", ["danger"]))
    tracker.update(just_now, DOMAIN)
    found = await saved(guides_store, tracker)
    assert (found.get_slot("told"), found.get_slot("offered"), found.get_slot("report_asked")) == (None, None, ["danger"])
    assert "held what is on no list, and was emptied (error " in caplog.text
    assert "Mary" not in caplog.text


@pytest.mark.parametrize(
    ("slot", "held"),
    [
        ("told", {"danger": "no", "asks": "yes"}),
        ("offered", ["privacy", "how_to_report"]),
        ("put_first", "report_start"),
        ("report_misses", 3),
        ("report_ending", "report_card_self"),
        ("hard_word", "glossary_jersey_care_commission"),
        ("handed_off", ["domestic_abuse:domestic", "emergency:none"]),
        ("comforted", ["concern_self", "said_before"]),
        ("language", "pt"),
        ("role", "carer_or_worker"),
        ("requested_slot", "for_whom"),
        ("session_started_metadata", {"danger": True}),
    ],
)
async def test_what_the_guide_notes_is_on_its_lists(guides_store: ForgetfulTrackerStore, slot: str, held: object) -> None:
    found = await saved(guides_store, whole_conversation(SlotSet(slot, held)))
    assert found.get_slot(slot) == held
