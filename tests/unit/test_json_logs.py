"""Log lines as JSON: the same fields, and no words either. And the id that each error carries."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest

from safeguarding import wordless_logs
from safeguarding.wordless_logs import JsonLines


def test_a_line_is_one_object_whatever_the_message_holds():
    record = logging.LogRecord("bot.guide", logging.ERROR, "guide.py", 1, 'A turn "failed" (%s).\nNext', ("TimeoutError",), None)
    line = JsonLines().format(record)
    assert "\n" not in line
    read = json.loads(line)
    assert set(read) == {"time", "level", "logger", "message"}
    assert (read["level"], read["logger"], read["message"]) == ("ERROR", "bot.guide", 'A turn "failed" (TimeoutError).\nNext')


@pytest.mark.parametrize("factory", [wordless_logs._record_without_words, wordless_logs._record_with_an_id], ids=["withheld", "before"])
@pytest.mark.parametrize(
    ("level", "line", "values", "ids"),
    [
        (logging.ERROR, "The limits could not be looked up in Redis (%s).", ("TimeoutError",), 1),
        (logging.CRITICAL, "An error was not caught: %s", ("ValueError",), 1),
        (logging.ERROR, "A line in the spool is not a hand-off and was left out.", (), 1),
        (logging.ERROR, "A turn failed (error %s, %s); the person got the contacts.", ("0a1b2c3d", "TimeoutError"), 1),
        (logging.WARNING, "A turn came too late and was not kept.", (), 0),
    ],
)
def test_each_error_of_our_own_carries_one_id(
    factory: Callable[..., logging.LogRecord], level: int, line: str, values: tuple[Any, ...], ids: int
) -> None:
    said = factory("bot.pace", level, "pace.py", 1, line, values, None).getMessage()
    assert len(re.findall(r"\berror [0-9a-f]{8}\b", said)) == ids
