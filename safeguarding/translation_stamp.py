"""`make stamp`: writes into translated answers which English words they were made from; changes nothing else.

python -m safeguarding.translation_stamp                     those that have no stamp yet
python -m safeguarding.translation_stamp pt greet privacy    these, which were translated afresh
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from safeguarding.content import CONTENT_DIR, Content, load_content
from safeguarding.translations import english_digest, languages_in, translated_files

_STAMP = re.compile(r"^of: .*\n", re.MULTILINE)
_ID = re.compile(r"^(id: .*\n)", re.MULTILINE)


def main(arguments: list[str], folder: Path = CONTENT_DIR) -> int:
    """Stamp what was named, or what has no stamp; 1 where a name fits no file."""
    content = load_content(folder)
    languages, names = arguments[:1] or languages_in(folder), set(arguments[1:])
    stamped = [path for language in languages for path in translated_files(language, folder) if _stamp(path, content, names)]
    print(f"{len(stamped)} translated answers stamped.")
    lost = names - {path.stem for path in stamped}
    if lost:
        print(f"There is no translation of {', '.join(sorted(lost))} in {', '.join(languages)}.", file=sys.stderr)
    return 1 if lost else 0


def _stamp(path: Path, content: Content, names: set[str]) -> bool:
    """Stamp one file, if it is named or nobody is named and it has no stamp; whether it was stamped."""
    text = path.read_text(encoding="utf-8")
    answer = content.answers.get(path.stem)
    wanted = path.stem in names or (not names and not _STAMP.search(text))
    if answer is None or not wanted:
        return False
    fresh = _ID.sub(rf"\g<1>of: '{english_digest(answer)}'\n", _STAMP.sub("", text), count=1)
    path.write_text(fresh, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
