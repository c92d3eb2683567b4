"""What a safeguarding lead who has never seen Python may do to content/, with a text editor: what `make content` says each time.

Every file is compared before and after: the check changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from safeguarding.content import load_content
from safeguarding.content_check import main

ANSWER = "answers/abuse/abuse_financial.yml"
SPOR = str(load_content().contacts["spor"].phone)
NEW = f"{SPOR[:-1]}{(int(SPOR[-1]) + 1) % 10}"


@pytest.fixture
def said(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """Runs the command; what it said. That it changed nothing is looked at in the end."""
    before: dict[Path, bytes] = {}

    def run(code: int = 1) -> str:
        before.update({path: path.read_bytes() for path in folder.rglob("*") if path.is_file()})
        assert main([], folder) == code
        return capsys.readouterr().out

    yield run
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def replace(path: Path, old: str, new: str) -> int:
    """Edit as in an editor; the line on which the new text begins."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_new_number_of_the_single_point_of_referral_goes_everywhere_by_one_line(folder: Path, said: Callable[..., str]) -> None:
    before = load_content(folder)
    replace(folder / "contacts.yml", f'phone: "{SPOR}"', f'phone: "{NEW}"')
    assert "Everything in content/ is right." in said(0)
    after = load_content(folder)
    assert after.digest != before.digest
    changed = [answer.id for answer in before.answers.values() if before.fill(answer.standard) != after.fill(answer.standard)]
    assert len(changed) > 60
    assert all(SPOR not in after.fill(answer.standard) for answer in after.answers.values())
    assert before.answers == after.answers, "nothing but the number is another"


def test_a_sentence_of_thirty_words_in_easy_read(folder: Path, said: Callable[..., str]) -> None:
    long = "You can " + "ask and " * 13 + "ask me."
    line = replace(folder / ANSWER, "Things may go missing from your home.", long)
    assert re.search(rf"content/{ANSWER}  line {line}, easy_read, sentence 7\n.* has 30 words; 15 is the most\.\n.*Make two", said())


def test_a_deleted_answer(folder: Path, said: Callable[..., str]) -> None:
    (folder / ANSWER).unlink()
    out = said()
    assert "The answer “abuse_financial” is missing." in out
    assert "There is no answer “abuse_financial”." in out


def test_a_review_date_that_passed(folder: Path, said: Callable[..., str]) -> None:
    answer = load_content(folder).answers["abuse_financial"]
    passed = answer.reviewed_on - timedelta(days=1)
    line = replace(folder / ANSWER, f"review_by: {answer.review_by}", f"review_by: {passed}")
    assert f"content/{ANSWER}  line {line}, review_by\n    The review was due on {passed}." in said()


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("This is a section 42 matter.", "“section 42” (England's terms): The Care Act is a law of England"),
        ("Hello {name}.", "A bracket stands alone: { }"),
        ("The service user can ask.", "“service user” has a better word"),
        ("Ask the ombudsman.", "“ombudsman” is a hard word and has no meaning."),
        ("You can be helped by a nurse.", "“be helped by” does not say first who does it."),
        ("Ask for a DPIA.", "“DPIA” is not explained."),
        ("Someone will come.", "promise"),
        ("This is abuse.", "verdict"),
    ],
)
def test_words_that_may_not_stand(folder: Path, said: Callable[..., str], words: str, finding: str) -> None:
    replace(folder / ANSWER, "It can be:", f"{words} It can be:")
    out = said()
    assert f"content/{ANSWER}  line " in out
    assert finding in out
    assert re.search(rf"^{ANSWER} +1  to put right$", out, re.MULTILINE)


@pytest.mark.parametrize(
    ("break_it", "finding"),
    [
        (lambda body: body.replace(b"title: ", b"title: Money: "), "line 3"),
        (lambda body: body.replace(b"kind: ", b"kind:\t"), "line 2\n    There is a tab in this line."),
        (lambda body: body + b"# more\n" * 800_000, "The file is 5.6 MB large; 1 MB is the most."),
        (lambda body: body.replace(b"picture: ", b"picture: no_such_", 1), r"line 20, easy_read, sentence 1\n    “no_such_"),
    ],
    ids=["broken YAML", "a tab", "5 MB", "a missing picture"],
)
def test_a_file_that_cannot_be_used(folder: Path, said: Callable[..., str], break_it: Callable[[bytes], bytes], finding: str) -> None:
    path = folder / ANSWER
    path.write_bytes(break_it(path.read_bytes()))
    out = said()
    assert f"content/{ANSWER}  " in out
    assert finding.replace(r"\n", "\n").split("line 20, ")[-1] in out
    if finding.startswith("line 20"):
        line = next(number for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1) if "- say:" in text)
        assert f"line {line}, easy_read, sentence 1" in out


@pytest.mark.parametrize(
    "change", [lambda body: b"\xef\xbb\xbf" + body, lambda body: body.replace(b"\n", b"\r\n")], ids=["mark", "Windows"]
)
def test_a_byte_order_mark_and_windows_line_ends_change_no_word(
    folder: Path, said: Callable[..., str], change: Callable[[bytes], bytes]
) -> None:
    before = load_content(folder).answers
    (folder / ANSWER).write_bytes(change((folder / ANSWER).read_bytes()))
    said(0)
    assert load_content(folder).answers == before


def test_two_files_with_one_id(folder: Path, said: Callable[..., str]) -> None:
    (folder / "answers/talk/thanks.yml").write_bytes((folder / ANSWER).read_bytes())
    out = said()
    assert "content/answers/talk/thanks.yml  line 1, id\n    The id “abuse_financial” is not the name of the file." in out
