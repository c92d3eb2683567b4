"""Writes docs/answers.md: every answer by its id, what it is about, and how people come to it.

python docs/make_answers.py            writes the page
python docs/make_answers.py --check    says whether the page is up to date; changes nothing
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "answers.md"
sys.path.insert(0, str(ROOT))

from safeguarding.content import Answer, Content, load_content  # noqa: E402

HEAD = """# Every answer

{count} answers, by the folder of `content/answers/` in which they lie: the file has the name of the id. To read them all, open
`/chat/answers` of a running guide, or run `make preview`. How to change one: [editing](editing.md#a-sentence). This page is made by
`docs/make_answers.py`.
"""

COMES_BY = {
    "question": "Somebody asks",
    "telling": "Somebody tells of a worry or of harm",
    "talk": "Small talk",
    "system": "The guide says it itself",
}

TABLE = """
## `answers/{folder}/`
| Id | Title | How people come to it |
| --- | --- | --- |
"""


def make_page(content: Content) -> str:
    """The page for these answers."""
    page = HEAD.format(count=len(content.answers))
    for folder in sorted(set(content.folders.values())):
        answers = [answer for key, answer in sorted(content.answers.items()) if content.folders[key] == folder]
        page += TABLE.format(folder=folder) + "".join(_row(answer) for answer in answers)
    return page


def _row(answer: Answer) -> str:
    how = COMES_BY[answer.kind]
    how += f"; shown as `{answer.shown_as}`" if answer.shown_as else ""
    how += f"; counted as a hand-off to `{answer.hand_off.route}`" if answer.hand_off else ""
    return f"| `{answer.id}` | {answer.title} | {how} |\n"


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is up to date."""
    page = make_page(load_content())
    if "--check" not in arguments:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page:
        return 0
    print("docs/answers.md does not fit content/answers/: run python docs/make_answers.py.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
