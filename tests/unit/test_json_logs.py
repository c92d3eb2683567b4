"""Log lines as JSON: the same fields, and no words either."""

from __future__ import annotations

import json
import logging

from safeguarding.wordless_logs import JsonLines


def test_a_line_is_one_object_whatever_the_message_holds():
    record = logging.LogRecord("bot.guide", logging.ERROR, "guide.py", 1, 'A turn "failed" (%s).\nNext', ("TimeoutError",), None)
    line = JsonLines().format(record)
    assert "\n" not in line
    read = json.loads(line)
    assert set(read) == {"time", "level", "logger", "message"}
    assert (read["level"], read["logger"], read["message"]) == ("ERROR", "bot.guide", 'A turn "failed" (TimeoutError).\nNext')
