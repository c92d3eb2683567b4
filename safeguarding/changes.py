"""What changed in the answers and in what they draw on, in plain words. `file_changes` adds every other file of a release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import Any

from safeguarding.content import Answer, Contact, Content

QUIET = {"reviewed_on", "review_by", "sources", "id", "kind"}
"""Fields that nobody who asks the guide sees. They are told in one line."""

FIELD_NAMES = {
    "title": "title", "label": "words on the button", "standard": "plain words", "contacts": "cards", "choices": "buttons",
    "hand_off": "hand-off", "shown_as": "shown as",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One change: of what, in which part, and how it was and is; `old` or `new` is empty where there was or is nothing."""

    kind: str
    id: str
    title: str
    part: str
    old: str
    new: str

    def in_words(self) -> str:
        """One line for a list."""
        what = f"{self.title} ({self.id}), {self.part}" if self.part else f"{self.title} ({self.id})"
        if not self.old:
            return f"New: {what}: “{self.new}”"
        if not self.new:
            return f"Gone: {what}: it was “{self.old}”"
        return f"{what}: was “{self.old}”, is “{self.new}”"


def changes(old: Content, new: Content) -> list[Change]:
    """Every change that a person can see, and the rest in one line for each answer: answers first, then what they draw on."""
    found = [change for answer in sorted({*old.answers, *new.answers}) for change in _of_answer(old, new, answer)]
    for kind, before, after in (("contact", old.contacts, new.contacts), ("picture", old.pictures, new.pictures)):
        found += [change for name in sorted({*before, *after}) for change in _of_entry(kind, name, before.get(name), after.get(name))]
    for kind, told, tells in (("hard word", old.glossary, new.glossary), ("button", old.choices, new.choices)):
        found += _of_texts(kind, told, tells)
    return found


def changed_answers(found: Sequence[Change]) -> set[str]:
    """The ids of the answers whose own words or fields changed."""
    return {change.id for change in found if change.kind == "answer"}


def _of_answer(old: Content, new: Content, name: str) -> Iterator[Change]:
    before, after = old.answers.get(name), new.answers.get(name)
    if before is None or after is None:
        content, answer = (new, after) if after else (old, before)
        assert answer is not None
        text = " ".join(content.fill(answer.standard).split())
        yield Change("answer", name, answer.title, "", "" if after else text, text if after else "")
        return
    for field in fields(Answer):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if was != now and field.name not in QUIET | {"easy_read"}:
            part = FIELD_NAMES.get(field.name, field.name)
            yield Change("answer", name, after.title, part, _as_text(was), _as_text(now))
    yield from _of_easy_read(before, after)
    quiet = [field for field in sorted(QUIET) if getattr(before, field) != getattr(after, field)]
    if quiet:
        was_now = (", ".join(f"{field}: {_as_text(getattr(answer, field))}" for field in quiet) for answer in (before, after))
        yield Change("answer", name, after.title, "what nobody sees", *was_now)


def _of_easy_read(before: Answer, after: Answer) -> Iterator[Change]:
    """Sentence by sentence; one that only moved because another came in is no change."""
    was, now = list(before.easy_read), list(after.easy_read)
    for tag, start, end, new_start, new_end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            part = f"easy read, sentence {new_start + 1}"
            texts = ([_as_text(sentence) for sentence in some] for some in (was[start:end], now[new_start:new_end]))
            yield Change("answer", after.id, after.title, part, *(" / ".join(text) for text in texts))


def _of_entry(kind: str, name: str, before: Any, after: Any) -> Iterator[Change]:
    title = getattr(after or before, "name", name)
    if before is None or after is None:
        text = _as_text(after or before)
        yield Change(kind, name, title, "", "" if after else text, text if after else "")
        return
    for field in fields(before):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if was != now:
            yield Change(kind, name, title, field.name, _as_text(was), _as_text(now))


def _of_texts(kind: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield Change(kind, name, name, "", before.get(name, ""), after.get(name, ""))


def _as_text(value: Any) -> str:
    """A value as a person reads it; never empty, so that what is there can be told from what is not."""
    if value is None or value == () or value == "":
        return "nothing"
    if isinstance(value, tuple):
        return ", ".join(_as_text(part) for part in value)
    if isinstance(value, Contact):
        return value.phone or value.url or value.email or value.name
    if hasattr(value, "say"):
        return f"{value.say} [picture: {value.picture}]" if value.picture else str(value.say)
    if hasattr(value, "drawing"):
        return f"{value.drawing}: {value.alt}"
    if hasattr(value, "route"):
        return f"{value.route}, {value.topic}"
    return str(value).strip()
