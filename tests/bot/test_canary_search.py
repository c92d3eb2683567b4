"""The test of the canary test: whatever is planted is found, and what a library logs is a plant until it is withheld."""

from __future__ import annotations

import base64
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from canaries import Person, files_changed_since, find_in_file, find_traces

from safeguarding.settings import ROOT

PERSON = Person()
NAME = PERSON.particulars["name"]


@pytest.mark.parametrize("particular", sorted(PERSON.particulars))
def test_each_particular_is_found(particular: str, tmp_path: Path) -> None:
    (tmp_path / "log").write_text(f"INFO {PERSON.particulars[particular]} said", encoding="utf-8")
    assert find_traces(tmp_path, PERSON)


@pytest.mark.parametrize(
    "disguise",
    [
        NAME.encode(), NAME.upper().encode(), NAME.encode("utf-16-le"), json.dumps({"é": NAME}).encode(), NAME.replace(" ", "%20").encode(),
        base64.b64encode(NAME.encode()), base64.b64encode(b"x" + NAME.encode()), base64.b64encode(b"xy" + NAME.encode() + b"z"),
        NAME.encode().hex().encode(), NAME.split()[0].encode(),
    ],
)  # fmt: skip
def test_it_is_found_in_every_disguise(disguise: bytes, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"before" + disguise + b"after")
    assert find_traces(tmp_path, PERSON)


def test_it_is_found_in_a_row(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "some.db")
    connection.execute("create table kept (words text)")
    connection.execute("insert into kept values (?)", (f"it was {NAME}",))
    connection.commit()
    connection.close()
    assert find_traces(tmp_path, PERSON)


def test_it_is_found_in_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / PERSON.particulars["canary"]).touch()
    assert find_traces(tmp_path, PERSON)


def test_a_number_is_found_alone_and_joined_and_not_inside_a_random_id(tmp_path: Path) -> None:
    first, last = PERSON.particulars["phone"].split()
    for text, found in ((f"ring {last}.", True), (f"ring {first}{last}", True), (f"ring {first}-{last}", True), (f"9c{last}f0a1", False)):
        (tmp_path / "file").write_text(text)
        assert bool(find_traces(tmp_path, PERSON)) is found, text


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("INFO somebody said something, one two three")
    assert find_traces(tmp_path, PERSON) == []
    assert list(files_changed_since(0, [tmp_path])) == [tmp_path / "log"]


LIBRARY = """
import logging, sys, threading, warnings
from safeguarding.wordless_logs import set_up, withhold_words
words, withheld = sys.argv[1], sys.argv[2] == "withheld"
set_up("DEBUG")
if withheld:
    withhold_words()
log = logging.getLogger("rasa.core.processor")
log.debug(f"Received {words}")
log.info("Received %s", words)
log.warning("%(text)s", {"text": words})
log.info(words, "too", "many")
logging.getLogger("sanic.access").info("", extra={"host": words})
warnings.warn(words)
try:
    raise ValueError(words)
except ValueError as error:
    log.exception("failed")
    logging.getLogger("bot.guide").error("Ours failed.", exc_info=error)
def fail():
    raise ValueError(words)
thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
"""


@pytest.mark.parametrize("withheld", [True, False])
def test_a_library_shows_words_until_they_are_withheld(withheld: bool, tmp_path: Path) -> None:
    command = [sys.executable, "-c", LIBRARY, NAME, "withheld" if withheld else "said"]
    done = subprocess.run(command, capture_output=True, env={"PYTHONPATH": str(ROOT)}, check=False)
    (tmp_path / "log").write_bytes(done.stdout + done.stderr)
    assert bool(find_in_file(tmp_path / "log", PERSON)) is not withheld
    if withheld:
        assert b"ValueError < <string>:" in done.stderr
        assert b" error " in done.stderr
        assert b"Ours failed." in done.stderr
