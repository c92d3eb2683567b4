"""`make content`: is everything in `content/` right? Says what is wrong, where, and what to do; changes nothing.

python -m safeguarding.content_check            findings, then a table
python -m safeguarding.content_check --short    one line when all is well
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from safeguarding.content import CONTENT_DIR, PLACEHOLDER, RELEASE, Content, answer_files, build_answer, load_content
from safeguarding.content_files import Finding, ReadFile, read_file
from safeguarding.content_lines import line_of
from safeguarding.content_lists import Lists, check_danger_signs, check_dates, check_lists, content_of
from safeguarding.content_style import check_style
from safeguarding.content_words import check_answer, check_mean_grade, easy_grade, standard_grade
from safeguarding.contract import ANSWER_IDS, SAID_BY_NAME
from safeguarding.escalation import ROUTES, TOPICS
from safeguarding.translation_check import check_translations, table_of_translations
from safeguarding.words_elsewhere import check_source_titles

SECTIONS = {
    "contacts": "contacts", "pictures": "pictures", "glossary": "words", "sources": "sources", "choices": "choices",
    "preferred_words": "words", "words_card": "wishes",
}  # fmt: skip
"""The files beside the answers, and the list that each holds."""


def check(folder: Path = CONTENT_DIR, today: date | None = None) -> list[Finding]:
    """Everything that is wrong in a content folder, in the order of its files. Reads only."""
    today = today or date.today()
    files = _read_all(folder)
    findings = [finding for file in files.values() for finding in file.findings]
    findings += _check_names(folder, files)
    lists = {name: _list_of(files[f"{name}.yml"], section) for name, section in SECTIONS.items()}
    answers = {name: file.data for name, file in files.items() if name.startswith("answers/") and file.data}
    kinds = {Path(name).stem: (file.data or {}).get("kind", "") for name, file in files.items() if name.startswith("answers/")}
    findings += [found for name, data in answers.items() for found in _check_references(name, data, kinds, lists)]
    unusable = {finding.file for finding in findings}
    findings += _check_words({name: data for name, data in answers.items() if name not in unusable}, lists)
    findings += [found for name, data in answers.items() for found in check_dates(name, "", data, today, "reviewed_on")]
    findings += check_lists(lists, files["words_card.yml"].data, kinds, today)
    findings += check_source_titles(lists["sources"])
    findings += check_danger_signs(files["danger_signs.yml"].data)
    if not any(finding.serious for finding in findings):
        findings += check_translations(load_content(folder), folder)
    return sorted(set(findings))  # what two rules see, or one rule sees twice, is one thing to put right


def main(arguments: list[str], folder: Path = CONTENT_DIR) -> int:
    """Print what was found; 0 when nothing serious was."""
    findings = check(folder)
    serious = [finding for finding in findings if finding.serious]
    if not serious and "--short" in arguments:
        print(f"content: {len(answer_files(folder))} answers and every list beside them are right.")
        return 0
    for finding in findings:
        line = line_of(folder / finding.file, finding.field)
        place = finding.field if line is None or finding.field.startswith("line ") else f"line {line}, {finding.field}"
        print(f"content/{finding.file}  {place}\n    {finding.wrong}\n    {finding.to_do}\n")
    if findings:
        print(_table_of_findings(findings))
    if not serious:
        content = load_content(folder)
        print("\n".join([_table_of_figures(content), table_of_translations(content, folder)]))
    if serious:
        print(f"\n{len(serious)} to put right in {len({finding.file for finding in serious})} files. Nothing was changed.")
    else:
        print("\nEverything in content/ is right.")
    return 1 if serious else 0


def _read_all(folder: Path) -> dict[str, ReadFile]:
    files = {}
    for name in (*SECTIONS, "danger_signs"):
        path = folder / f"{name}.yml"
        if path.is_file():
            files[path.name] = read_file(path, path.name, name)
        else:
            missing = Finding(path.name, "whole file", "The file is missing.", "Bring it back from the last release.")
            files[path.name] = ReadFile(path.name, None, (missing,))
    for path in answer_files(folder):
        name = path.relative_to(folder).as_posix()
        files[name] = read_file(path, name, "answer")
    return files


def _check_names(folder: Path, files: Mapping[str, ReadFile]) -> Iterator[Finding]:
    """Each answer in its own file of its own name, none missing, none where the guide does not look."""
    for path in sorted((folder / "answers").rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in files and not path.name.startswith("."):
            yield Finding(
                name, "whole file", "The guide does not read this file.", "Put it into a topic's folder and let its name end in .yml."
            )
    ids: dict[str, str] = {}
    for name, file in files.items():
        if not name.startswith("answers/"):
            continue
        stem = Path(name).stem
        if file.data and file.data["id"] != stem:
            yield Finding(
                name, "id", f"The id “{file.data['id']}” is not the name of the file.", f"Write “id: {stem}”, or rename the file."
            )
        if stem in ids:
            yield Finding(name, "id", f"The id “{stem}” is used by {ids[stem]} too.", "Keep one of the two files.")
        ids.setdefault(stem, name)
    for missing in sorted(ANSWER_IDS - set(ids)):
        yield Finding("answers", missing, f"The answer “{missing}” is missing.", "Bring the file back: the chat promises this answer.")
    for missing in sorted(SAID_BY_NAME - set(ids)):
        to_do = "Bring the file back, in the other languages too: the guide says this answer itself, by its name."
        yield Finding("answers", missing, f"The answer “{missing}” is missing.", to_do)


def _list_of(file: ReadFile, section: str) -> dict[str, Any] | None:
    return dict(file.data[section]) if file.data else None


def _check_references(name: str, data: Mapping[str, Any], kinds: Mapping[str, str], lists: Mapping[str, Any]) -> Iterator[Finding]:
    """Each name that an answer uses must stand in its list. A list that could not be read is not looked into."""
    wanted = [("contacts", "contacts", contact) for contact in data.get("contacts", [])]
    wanted += [("sources", "sources", source) for source in data["sources"]]
    says = [(f"easy_read, sentence {number}", sentence) for number, sentence in enumerate(data["easy_read"], start=1)]
    wanted += [(field, "pictures", sentence["picture"]) for field, sentence in says if "picture" in sentence]
    for field, kind, item in wanted:
        if lists[kind] is not None and item not in lists[kind]:
            yield Finding(name, field, f"“{item}” does not stand in {kind}.yml.", f"Use a name from {kind}.yml, or add it there.")
    for choice in data.get("choices", []):
        if choice in (lists["choices"] or {}):
            continue
        if choice not in kinds:
            yield Finding(name, "choices", f"There is no answer “{choice}”.", "Use the id of an answer.")
        elif kinds[choice] == "system":
            yield Finding(name, "choices", f"“{choice}” is said by the guide itself and cannot be chosen.", "Use another answer.")
    texts = {data["standard"], *(sentence["say"] for sentence in data["easy_read"])}
    for sentence in data.get("said_once", []):
        if not any(sentence in text for text in texts):
            yield Finding(name, "said_once", f"“{sentence}” does not stand in the answer.", "Copy the sentence word for word from above.")
    if data.get("shown_as", "about") not in kinds:
        yield Finding(name, "shown_as", f"There is no answer “{data['shown_as']}”.", "Use the id of an answer.")
    for field, text in [
        ("title", data["title"]),
        ("label", data["label"]),
        ("standard", data["standard"]),
        *((f, s["say"]) for f, s in says),
    ]:
        yield from _check_placeholders(name, field, text, lists["contacts"])
    hand_off = data.get("hand_off") or {}
    for field, known in (("route", ROUTES), ("topic", TOPICS)):
        if field in hand_off and hand_off[field] not in known:
            yield Finding(
                name, f"hand_off, {field}", f"“{hand_off[field]}” is not on the list.", f"Use one of: {', '.join(sorted(known))}."
            )


def _check_placeholders(name: str, field: str, text: str, contacts: Mapping[str, Any] | None) -> Iterator[Finding]:
    for match in PLACEHOLDER.finditer(text):
        contact, part = match.groups()
        if contacts is None or (contact, part) == RELEASE:
            continue
        if contact not in contacts:
            yield Finding(name, field, f"{match[0]} names no contact.", "Use a name from contacts.yml.")
        elif not isinstance(contacts[contact].get(part), str):
            has = ", ".join(key for key in ("phone", "url", "email", "fax", "post", "hours", "name") if key in contacts[contact])
            yield Finding(name, field, f"{match[0]}: this contact has no “{part}”.", f"It has: {has}.")
        elif part == "url" and "url_setting" in contacts[contact]:
            yield Finding(name, field, f"{match[0]}: this address is a setting and may differ.", "Let the card show it.")


def _check_words(answers: Mapping[str, Any], lists: Lists) -> Iterator[Finding]:
    """The words of the answers whose names and references are right; an answer that is not is looked at when it is."""
    content = content_of(lists)
    if content is None:
        return
    built = {name: build_answer(data, name) for name, data in answers.items()}
    for name, answer in built.items():
        yield from check_answer(answer, content, name)
        yield from check_style(answer, content, lists["preferred_words"], name)
    yield from check_mean_grade(built.values(), content)


def _table_of_findings(findings: list[Finding]) -> str:
    counts = Counter((finding.file, finding.serious) for finding in findings)
    width = max(len(file) for file, _ in counts)
    rows = [f"{file:{width}}  {count:>3}  {'to put right' if serious else 'soon due'}" for (file, serious), count in sorted(counts.items())]
    return "\n".join(rows)


def _table_of_figures(content: Content) -> str:
    answers = list(content.answers.values())
    rows = [
        ("answers", str(len(answers))),
        ("contacts", str(len(content.contacts))),
        ("easy-read sentences", str(sum(len(answer.easy_read) for answer in answers))),
        ("pictures", str(len(content.pictures))),
        ("hard words with a meaning", str(len(content.glossary))),
        ("reading grade, plain words", _spread([standard_grade(answer, content) for answer in answers])),
        ("reading grade, easy read", _spread([easy_grade(answer, content) for answer in answers])),
        ("next review", min([*(answer.review_by for answer in answers), *(c.review_by for c in content.contacts.values())]).isoformat()),
    ]
    return "\n".join(f"{name:<28}{value}" for name, value in rows)


def _spread(grades: list[float]) -> str:
    return f"{sum(grades) / len(grades):.1f} on average, {max(grades):.1f} at most"


if __name__ == "__main__":
    gc.disable()  # nothing of this short run is waste, and looking for waste takes a fifth of it
    sys.exit(main(sys.argv[1:]))
