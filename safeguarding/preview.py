"""`make preview`: the book of answers as one page to read, print and sign, with what changed since the release that people read now first.

python -m safeguarding.preview [FILE]      writes results/preview.html unless told otherwise

The page needs nothing beside it: style and drawings stand in it, and no script.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from safeguarding.changes import Change, changed_answers
from safeguarding.content import Answer, Content, ContentError, Picture, load_content
from safeguarding.content_check import check
from safeguarding.drawings import drawing
from safeguarding.file_changes import all_changes
from safeguarding.release import live
from safeguarding.settings import ROOT

OUT = ROOT / "results" / "preview.html"


def html_text(content: Content, old: Content | None, old_name: str, findings: int, found: Sequence[Change] = ()) -> str:
    """The page. `found` is what changed since the old words; `findings` is how much `make content` still has to say."""
    changed = changed_answers(found)
    answers = sorted(content.answers.values(), key=lambda answer: (answer.id not in changed, answer.title.lower()))
    environment = Environment(
        loader=PackageLoader("safeguarding", "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("preview.html").render(
        release=content.release,
        digest=content.digest,
        old_name=old_name,
        groups=_grouped(found),
        count=len(found),
        findings=findings,
        changed=[_entry(answer, content, old) for answer in answers if answer.id in changed],
        others=[_entry(answer, content, None) for answer in answers if answer.id not in changed],
        drawings={picture.drawing: _drawing(picture.drawing) for picture in content.pictures.values()},
    )


def write_preview(out: Path, root: Path = ROOT) -> tuple[Path, int]:
    """Write the page; its path, and the number of changes since the release that people read. Raises ContentError for unreadable words."""
    content = load_content(root / "content")
    last = live(root)
    old = load_content(last / "content") if last else None
    findings = sum(finding.serious for finding in check(root / "content"))
    found = all_changes(last, root) if last else []
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(html_text(content, old, last.name if last else "", findings, found), encoding="utf-8")
    return out, len(found)


def _grouped(found: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """The changes by what they are of, in the order of the page."""
    by_title: dict[str, list[Change]] = {}
    for change in found:
        by_title.setdefault(f"{change.title} ({change.id})", []).append(change)
    return list(by_title.items())


def _entry(answer: Answer, content: Content, old: Content | None) -> dict[str, Any]:
    before = old.answers.get(answer.id) if old else None
    return {
        "id": answer.id,
        "title": answer.title,
        "now": _readings(answer, content),
        "before": _readings(before, old) if before and old else None,
        "is_new": old is not None and before is None,
        "contacts": [content.contacts[contact] for contact in answer.contacts],
        "choices": [content.choices.get(choice) or content.answers[choice].label for choice in answer.choices],
        "sources": [content.sources[source] for source in answer.sources],
        "reviewed_on": answer.reviewed_on,
        "review_by": answer.review_by,
    }


def _readings(answer: Answer, content: Content) -> dict[str, Any]:
    pictures = [content.pictures.get(sentence.picture) if sentence.picture else None for sentence in answer.easy_read]
    return {
        "standard": content.fill(answer.standard),
        "easy_read": [
            {"say": content.fill(sentence.say), "picture": _shown(picture)}
            for sentence, picture in zip(answer.easy_read, pictures, strict=True)
        ],
    }


def _shown(picture: Picture | None) -> dict[str, str] | None:
    return {"drawing": picture.drawing, "alt": picture.alt} if picture else None


@lru_cache(maxsize=512)
def _drawing(name: str) -> Markup:
    """A drawing of the installed set as a symbol, so that it stands in the page once however often it is shown."""
    svg = drawing(name) or ""
    return Markup(svg.replace("<svg ", f'<symbol id="drawing-{name}" ', 1).replace("</svg>", "</symbol>"))  # noqa: S704  # nosec B704: an installed drawing


def main(arguments: Sequence[str]) -> int:
    """Write the page and say where it is; 1 and one sentence where content/ cannot be read."""
    try:
        page, count = write_preview(Path(arguments[0]) if arguments else OUT)
    except ContentError as error:
        print(f"{error} Run make content.", file=sys.stderr)
        return 1
    print(f"{page}: open it in a browser, read, print and sign. {count} changes since the release that people read now.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
