"""Are the lists beside the answers right? Contacts, pictures, buttons, hard words, the card “my words to say”, the signs of danger.

People who read easy read meet these texts too, so their words are held to the same rules as an answer's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from safeguarding.content import Contact, Content
from safeguarding.content_files import Finding
from safeguarding.content_style import Preferred, check_easy_text, check_plain_text, check_preferred, check_who_does_it
from safeguarding.content_words import EASY_WORDS, check_acronyms, check_length, check_prose
from safeguarding.contract import BUTTONS_BY_NAME, CONTACTS_BY_NAME, PICTURES_BY_NAME
from safeguarding.danger_phrases import FILE, read_signs
from safeguarding.drawings import drawing_names
from safeguarding.readability import sentences
from safeguarding.settings import Settings

Lists = Mapping[str, Any]
"""What each list beside the answers holds; none for one that could not be read, which is not looked into."""

BY_NAME = {"choices": BUTTONS_BY_NAME, "contacts": CONTACTS_BY_NAME, "pictures": PICTURES_BY_NAME}
"""What the program needs of a list, by the name of the list."""

SOON = timedelta(days=14)
"""How long before a review is due the check begins to speak of it: two weeks are enough to ask a service for its number."""


def check_lists(lists: Lists, card: Mapping[str, Any] | None, answers: Collection[str], today: date) -> Iterator[Finding]:
    """Everything that is wrong in the lists beside the answers."""
    yield from _check_needed_by_name(lists)
    yield from _check_contacts(lists, today)
    yield from _check_pictures(lists["pictures"] or {})
    for choice, entry in (lists["choices"] or {}).items():
        yield from check_prose(entry["label"], "choices.yml", choice)
    yield from _check_card(card, answers, lists["pictures"])
    for word, entry in (lists["glossary"] or {}).items():
        yield from _check_easy_sentences(entry["meaning"], "glossary.yml", word)
    if content := content_of(lists):
        yield from _check_words(lists, card, content)


def _check_needed_by_name(lists: Lists) -> Iterator[Finding]:
    """What the program shows by name and could not do without. A list that could not be read is not looked into."""
    for name, needed in BY_NAME.items():
        entries = lists[name]
        for missing in sorted(needed - set(entries)) if entries is not None else ():
            wrong, to_do = f"“{missing}” is missing.", "Bring it back: the program needs it by this name; its words may change."
            yield Finding(f"{name}.yml", missing, wrong, to_do)


def content_of(lists: Lists) -> Content | None:
    """The lists as the rules for words need them; none where one could not be read."""
    if any(lists[name] is None for name in ("contacts", "glossary", "sources", "preferred_words")):
        return None
    contacts = {contact: Contact(id=contact, **entry) for contact, entry in lists["contacts"].items()}
    meanings = {word: entry["meaning"] for word, entry in lists["glossary"].items()}
    return Content(answers={}, contacts=contacts, pictures={}, glossary=meanings, sources=lists["sources"], digest="")


def check_dates(name: str, entry: str, data: Mapping[str, Any], today: date, read_on: str) -> Iterator[Finding]:
    """Whether an answer or an entry of a list was read in time, and when it must be read again."""
    field = f"{entry}, review_by" if entry else "review_by"
    for key in (read_on, "review_by"):
        if type(data[key]) is not date:
            place = f"{entry}, {key}" if entry else key
            yield Finding(name, place, f"The date “{data[key]}” stands in quotation marks.", "Take the quotation marks out.")
            return
    if data[read_on] > today:
        place = f"{entry}, {read_on}" if entry else read_on
        yield Finding(name, place, f"The day {data[read_on]} is still to come.", "Write the day on which it was last read.")
    if data["review_by"] < today:
        wrong = f"The review was due on {data['review_by']}."
        yield Finding(name, field, wrong, f"Compare it with its source, then set {read_on} to today and choose the next date.")
    elif data["review_by"] - today <= SOON:
        wrong = f"The review is due soon, on {data['review_by']}."
        yield Finding(name, field, wrong, "Plan who compares it with its source.", serious=False)


def _check_contacts(lists: Lists, today: date) -> Iterator[Finding]:
    settings = {setting.upper() for setting in Settings.__dataclass_fields__}
    for contact, entry in (lists["contacts"] or {}).items():
        if lists["sources"] is not None and entry["source"] not in lists["sources"]:
            wrong = f"“{entry['source']}” does not stand in sources.yml."
            yield Finding("contacts.yml", f"{contact}, source", wrong, "Use a name from sources.yml, or add it there.")
        if not any(key in entry for key in ("phone", "url", "email", "fax", "post")):
            yield Finding("contacts.yml", contact, "It has no number and no address.", "Add “phone:”, “url:” or “email:”.")
        if entry.get("url_setting", "DATABASE_URL") not in settings:
            wrong = f"There is no setting “{entry['url_setting']}”."
            yield Finding("contacts.yml", f"{contact}, url_setting", wrong, "Use a name from .env.example.")
        yield from check_dates("contacts.yml", contact, entry, today, "checked_on")
        for field in ("name", "name_without_url", "for_whom", "note", "hours"):
            yield from check_prose(entry.get(field, ""), "contacts.yml", f"{contact}, {field}", allow_numbers=True)


def _check_pictures(pictures: Mapping[str, Any]) -> Iterator[Finding]:
    drawings = drawing_names()
    for picture, entry in pictures.items():
        if entry["drawing"] not in drawings:
            wrong = f"The picture set has no drawing “{entry['drawing']}”."
            yield Finding("pictures.yml", picture, wrong, "Choose a name from fontawesome.com/search?ic=free&s=solid.")
        yield from check_prose(entry["alt"], "pictures.yml", picture)


def _check_card(card: Mapping[str, Any] | None, answers: Collection[str], pictures: Collection[str] | None) -> Iterator[Finding]:
    """The card “my words to say”; its sentences are easy read."""
    if card is None:
        return
    name = "words_card.yml"
    for answer in card["shown_under"]:
        if answer not in answers:
            yield Finding(name, "shown_under", f"There is no answer “{answer}”.", "Use the id of an answer.")
    for wish, entry in card["wishes"].items():
        if pictures is not None and entry["picture"] not in pictures:
            wrong = f"“{entry['picture']}” does not stand in pictures.yml."
            yield Finding(name, f"{wish}, picture", wrong, "Use a name from pictures.yml.")
    for field, text in _lines_of_card(card):
        yield from _check_easy_sentences(text, name, field)


def _lines_of_card(card: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for wish, entry in card["wishes"].items():
        yield from ((f"{wish}, {whom}", entry[whom]) for whom in ("me", "them"))
    yield from ((f"frame, {field}", text) for field, text in card["frame"].items())


def _check_easy_sentences(text: str, name: str, field: str) -> Iterator[Finding]:
    yield from check_prose(text, name, field)
    yield from check_acronyms([text], name, field)
    for sentence in sentences(text):
        yield from check_length(sentence, EASY_WORDS, name, field)


def _check_words(lists: Lists, card: Mapping[str, Any] | None, content: Content) -> Iterator[Finding]:
    """Hard words, words that have a better one, and who does what. Buttons with the name of a language are in that language."""
    preferred: Preferred = lists["preferred_words"]
    easy = [("glossary.yml", word, meaning) for word, meaning in content.glossary.items()]
    buttons = {choice: entry["label"] for choice, entry in (lists["choices"] or {}).items() if not choice.startswith("language_")}
    easy += [("choices.yml", choice, label) for choice, label in buttons.items()]
    easy += [("words_card.yml", field, text) for field, text in _lines_of_card(card)] if card else []
    for name, field, text in easy:
        yield from check_easy_text(text, content, preferred, name, field)
    for choice, label in buttons.items():  # the other easy texts are whole sentences, whose acronyms are looked at with them
        yield from check_acronyms([label], "choices.yml", choice)
    for contact, entry in lists["contacts"].items():
        for field in (field for field in ("for_whom", "note") if field in entry):
            yield from check_plain_text(entry[field], content, preferred, "contacts.yml", f"{contact}, {field}")
            yield from check_acronyms([entry[field]], "contacts.yml", f"{contact}, {field}")
    for picture, entry in (lists["pictures"] or {}).items():
        # An easier word for what is drawn may not exist: handcuffs are handcuffs.
        yield from check_preferred(entry["alt"], preferred, "pictures.yml", picture)
        yield from check_who_does_it(entry["alt"], "pictures.yml", picture)


def check_danger_signs(data: Mapping[str, Any] | None, name: str = FILE) -> Iterator[Finding]:
    """What keeps the signs of danger of one language from being loaded, and two signs with one id. `name` is the file's."""
    if data is None:
        return
    _, faults = read_signs(data)
    for fault in faults:
        yield Finding(name, fault.field, fault.wrong, fault.to_do)
    seen = set()
    for part in ("signs", "unless"):
        for number, sign in enumerate(data[part], start=1):
            if sign["id"] in seen:
                yield Finding(name, f"{part}, {number}, id", f"Two signs have the id “{sign['id']}”.", "Give each sign its own id.")
            seen.add(sign["id"])
