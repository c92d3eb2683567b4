"""The guided path “help me find who to tell”: which question comes next, what is known already, and which card it ends in.

Pure decisions: no Rasa, no words. What somebody typed is read by `safeguarding.path_words`; the words of questions and
cards are in `content/answers/report/`. The routes are those of the Board's page and the domain reference, 1.6 to 1.9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

QUESTIONS = ("danger", "for_whom", "age", "harm", "staff", "consent")
"""The slots of the path, in the order of asking: danger before everything else."""

ASKED_OF_SELF = frozenset({"harm"})
"""Questions with words of their own for who writes about themselves: “from you”, not “from the person”."""

YES_NO = ("yes", "no", "not_sure")
VALUES: Mapping[str, tuple[str, ...]] = {
    "danger": YES_NO,
    "for_whom": ("self", "other", "not_sure"),
    "age": ("adult", "child", "not_sure"),
    "harm": YES_NO,
    "staff": YES_NO,
    "consent": YES_NO,
}
"""The closed list of each slot. “not_sure” is an answer to every question."""

MOST_QUESTIONS = 5
"""More than five and people leave. Only somebody who types that it is about another person, and not how old, would get a sixth."""

MOST_MISSES = 3
"""After so many answers in a row that could not be read, the contacts come instead of the question."""

BUTTONS: Mapping[str, Mapping[str, str]] = {
    "report_for_whom_self": {"for_whom": "self"},
    "report_for_whom_adult": {"for_whom": "other", "age": "adult"},
    "report_for_whom_child": {"for_whom": "other", "age": "child"},
    "report_for_whom_not_sure": {"for_whom": "not_sure"},
} | {f"report_{slot}_{value}": {slot: value} for slot in VALUES if slot != "for_whom" for value in VALUES[slot]}
"""What each button of a question says. One button of the second question says two things, which saves a question."""

BUTTONS_OF = {slot: tuple(button for button in BUTTONS if button.startswith(f"report_{slot}_")) for slot in QUESTIONS}

START, STOP, BACK, ANSWER = "ask_report_path", "stop_asking", "go_back", "answer_path"
BUTTON_INTENTS = {"report_start": START, "report_stop": STOP, "report_back": BACK} | dict.fromkeys(BUTTONS, ANSWER)

SAYS_BY_INTENT: Mapping[str, Mapping[str, str]] = {
    "tell_concern_self": {"for_whom": "self"},
    "tell_concern_other": {"for_whom": "other"},
    "tell_child_concern": {"for_whom": "other", "age": "child"},
}
"""What a message tells by its kind, where its words told nothing else."""

REPLY_INTENTS = {"affirm": "yes", "deny": "no", "not_sure": "not_sure"}
PICKS = ("pick_first", "pick_second", "pick_third", "pick_fourth")
ASK_AGAIN, NOT_UNDERSTOOD_BY_THEM = frozenset({"repeat"}), frozenset({"clarify"})
"""Who does not understand the question hears it in other words; after three times in a row a person's number comes, and no loop."""

NOT_READ = frozenset({"nlu_fallback", "out_of_scope", "unsure_between_two", ""})
LEADS_ALONE = frozenset({"tell_emergency", "tell_suicide_self_harm", "tell_sexual_assault", "goodbye"})
"""After these nobody is asked a question: the path ends, and the answer leads alone."""

MAY_BE_DANGER = frozenset({"tell_concern_self_urgent", "tell_concern_other_urgent"})
"""These are answered with 999 first, also where their words answer the question."""

ENDS_STOPPED, ENDS_MISSED, ENDS_DANGER = "stop_asking", "report_contacts", "emergency"


@dataclass(frozen=True)
class Path:
    """Where somebody is on the path. `known` holds values of `VALUES`; `asked` the questions put so far, the open one last."""

    known: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    misses: int = 0


@dataclass(frozen=True)
class Step:
    """What comes next: a question (perhaps in other words), an ending (the id of an answer), or first an answer to something else."""

    path: Path
    ask: str | None = None
    in_other_words: bool = False
    ending: str | None = None
    digression: bool = False


def start(told: Mapping[str, str]) -> Step:
    """The first step, with what was told already. That nobody is in danger must be said on the path itself."""
    return _next(Path(known=_closed(told)))


def advance(path: Path, intent: str, told: Mapping[str, str], *, asks: bool = False) -> Step:
    """The step after a message. `told` is what its words or its button say; `asks`: it has the shape of a question."""
    open_question = path.asked[-1] if path.asked else None
    if intent == START:
        return start(told)
    if intent == STOP:
        return Step(path, ending=ENDS_STOPPED)
    if intent == BACK:
        return go_back(path)
    if intent in ASK_AGAIN:
        return Step(path, ask=open_question)
    if intent in NOT_UNDERSTOOD_BY_THEM:
        return _miss(path, open_question)
    said = _closed(told) or _reply(open_question, intent) or _new(SAYS_BY_INTENT.get(intent, {}), path.known)
    known = _merge(path.known, said)
    if intent == ANSWER or (known != path.known and not asks and intent not in MAY_BE_DANGER):
        return _next(replace(path, known=known, misses=0))
    offers_two = intent == "unsure_between_two" and asks
    if not offers_two and (intent in NOT_READ or intent in SAYS_BY_INTENT or intent in REPLY_INTENTS or intent in PICKS):
        return _miss(path, open_question)
    return Step(replace(path, known=known), digression=True)


def resume(path: Path) -> Step:
    """The step after something else was answered in the middle: the open question again, or the next where that was answered by the way."""
    return _next(path)


def go_back(path: Path) -> Step:
    """To the question before the open one, or to the last one where the path has ended; its answer is forgotten.

    From the first question it leads out of the path.
    """
    was_open = bool(path.asked) and path.asked[-1] not in path.known
    asked = path.asked[:-1] if was_open else path.asked
    if not asked:
        return Step(path, ending=ENDS_STOPPED)
    forgotten = {asked[-1], "age"} if asked[-1] == "for_whom" else {asked[-1]}
    known = {slot: value for slot, value in path.known.items() if slot not in forgotten}
    return _next(Path(known, asked[:-1]))


def to_ask(path: Path) -> tuple[str, ...]:
    """The questions still to be put, in order. Nothing is asked that was said, or that changes nothing of the card."""
    known = path.known
    if known.get("danger") == "yes":
        return ()
    needed = [slot for slot in QUESTIONS if slot not in known and _matters(slot, known)]
    put = [slot for slot in path.asked if slot not in needed]
    if len(put) + len(needed) > MOST_QUESTIONS and "staff" in needed:
        needed.remove("staff")
    return tuple(needed[: max(MOST_QUESTIONS - len(put), 0)])


def place(path: Path, slot: str) -> tuple[int, int]:
    """“Question 2 of 4”: the number of the question and how many there will be, as far as is known now."""
    put = [asked for asked in path.asked if asked != slot]
    return len(put) + 1, max(len(put) + len(to_ask(path)), len(put) + 1)


def card(known: Mapping[str, str]) -> str:
    """The answer in which the path ends: danger first, then the door that fits."""
    if known.get("danger") == "yes":
        return ENDS_DANGER
    own = "_self" if known.get("for_whom") == "self" else ""
    if known.get("age") == "child":
        return f"report_card_child{own}"
    if known.get("age") == "not_sure":
        return "report_card_not_sure"
    if known.get("consent") == "no" and not own:
        return "report_card_says_no"
    if known.get("staff") == "yes":
        return f"report_card_staff{own}"
    if known.get("harm") == "yes":
        return f"report_card_crime{own}"
    return f"report_card{own or '_other'}"


def words_of(step: Step) -> str:
    """The answer that holds the words of the question: to who writes about themselves, and in other words where it was not read.

    After a second miss the first words come again: the other words did not help.
    """
    own = "_self" if step.ask in ASKED_OF_SELF and step.path.known.get("for_whom") == "self" else ""
    again = "_again" if step.in_other_words and step.path.misses != MOST_MISSES - 1 else ""
    return f"report_{step.ask}{own}{again}"


def _matters(slot: str, known: Mapping[str, str]) -> bool:
    """Whether a question can still change the card.

    Consent is asked only where it is sure that it is about another person: nobody is asked about their own.
    """
    if known.get("age") in ("child", "not_sure"):
        return slot == "danger"
    if slot == "age":
        return known.get("for_whom") in ("other", "not_sure")
    return known.get("for_whom", "other") == "other" if slot == "consent" else True


def _next(path: Path) -> Step:
    waiting = to_ask(path)
    if not waiting:
        return Step(path, ending=card(path.known))
    asked = (*(slot for slot in path.asked if slot != waiting[0]), waiting[0])
    return Step(replace(path, asked=asked), ask=waiting[0])


def _miss(path: Path, open_question: str | None) -> Step:
    missed = replace(path, misses=path.misses + 1)
    if missed.misses >= MOST_MISSES or open_question is None:
        return Step(missed, ending=ENDS_MISSED)
    return Step(missed, ask=open_question, in_other_words=True)


def _reply(open_question: str | None, intent: str) -> dict[str, str]:
    """What “yes”, “not sure” or “the second one” mean as a reply to the open question."""
    if open_question is None:
        return {}
    if intent in PICKS:
        number = PICKS.index(intent)
        buttons = BUTTONS_OF[open_question]
        return dict(BUTTONS[buttons[number]]) if number < len(buttons) else {}
    value = REPLY_INTENTS.get(intent)
    return {open_question: value} if value in VALUES[open_question] else {}


def _new(says: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    return {slot: value for slot, value in says.items() if slot not in known}


def _closed(told: Mapping[str, str]) -> dict[str, str]:
    """Only what stands on a closed list."""
    return {slot: value for slot, value in told.items() if value in VALUES.get(slot, ())}


def _merge(known: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """The new over the old. Who it is about can change, and then what was known of the other person's age and wish is dropped."""
    merged = {**known, **said}
    if known.get("for_whom") in ("self", "other") and merged["for_whom"] != known["for_whom"]:
        merged = {slot: value for slot, value in merged.items() if slot in said or slot not in ("age", "consent")}
    return merged
