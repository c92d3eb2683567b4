"""`make stamp`: writes into translated answers and lists which English words they were made from; changes nothing else.

python -m safeguarding.translation_stamp                     those that have no stamp yet
python -m safeguarding.translation_stamp pt greet glossary   these, which were translated afresh
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from safeguarding.content import CONTENT_DIR, Content, load_content
from safeguarding.translated_lists import LISTS_OF_CONTENT, list_digest, list_file
from safeguarding.translations import TRANSLATIONS, english_digest, languages_in, translated_files

_STAMP = re.compile(r"^of: .*\n", re.MULTILINE)
_BEFORE_IT = re.compile(r"^(id: .*\n|(?=translated_by: ))", re.MULTILINE)
"""The stamp stands under the id of an answer, and over the first field of a list, which has none."""


def main(arguments: list[str], folder: Path = CONTENT_DIR) -> int:
    """Stamp what was named, or what has no stamp; 1 where a name fits no file."""
    content = load_content(folder)
    languages, names = arguments[:1] or languages_in(folder), set(arguments[1:])
    stamped = [path for language in languages for path in _files(language, folder) if _stamp(path, content, names)]
    print(f"{len(stamped)} translations stamped.")
    lost = names - {path.stem for path in stamped}
    if lost:
        print(f"There is no translation of {', '.join(sorted(lost))} in {', '.join(languages)}.", file=sys.stderr)
    return 1 if lost else 0


def _stamp(path: Path, content: Content, names: set[str]) -> bool:
    """Stamp one file, if it is named or nobody is named and it has no stamp; whether it was stamped."""
    text = path.read_text(encoding="utf-8")
    digest = _digest_of(path.stem, content)
    wanted = path.stem in names or (not names and not _STAMP.search(text))
    if digest is None or not wanted:
        return False
    fresh = _BEFORE_IT.sub(rf"\g<1>of: '{digest}'\n", _STAMP.sub("", text), count=1)
    path.write_text(fresh, encoding="utf-8")
    return True


def _files(language: str, folder: Path) -> list[Path]:
    """All files of a language that carry a stamp."""
    lists = [list_file(folder / TRANSLATIONS / language, name) for name in LISTS_OF_CONTENT]
    return [*translated_files(language, folder), *(path for path in lists if path.is_file())]


def _digest_of(name: str, content: Content) -> str | None:
    """The digest of the English of a file; none where there is no English of that name."""
    if name in LISTS_OF_CONTENT:
        return list_digest(content, name)
    answer = content.answers.get(name)
    return english_digest(answer) if answer else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
