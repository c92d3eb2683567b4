"""Logs without words: from the moment people may write, a library's log line says where it came from and not what it said.

Rasa, its SDK and the web server build log messages and exceptions out of what a person typed, the more of them the lower
the level. To look for words in each would miss the next one, so every record is cut at the one place that all of
Python's logging passes, the record factory. Only this project's own lines keep their text; a test holds them to fixed words.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

OURS = ("safeguarding", "bot", "actions", "__main__")
LINE = "%(asctime)s %(levelname)s %(name)s  %(message)s"
FRAMES = 4
"""Places of an exception that are named, the innermost last: enough to find the fault, and no noise."""

WITHHELD = "words withheld"
GIVES_ITS_OWN = "(error %s"
"""In a line that names an error id which is also told elsewhere, such as in a reply."""

logger = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """One JSON object a line, with the same fields as LINE, for a collector of logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; its text went through the record factory like any other."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"time": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()})


def set_up(level: str, form: str = "text") -> None:
    """One form for every line of this process, “text” or “json”, whoever made the handlers.

    Words may still be said: nobody has written yet.
    """
    logging.setLogRecordFactory(_record_with_an_id)
    logging.basicConfig(level=level)
    logging.getLogger("filelock").setLevel(logging.WARNING)  # it tells of every lock, many times a second
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(LINE))


def withhold_words() -> None:
    """From now on and for good, nothing that a library logs, warns of or fails with shows its words in this process."""
    logging.setLogRecordFactory(_record_without_words)
    logging.raiseExceptions = False  # a handler that fails would print the arguments of the record
    logging.getLogger("sanic.access").disabled = True  # it holds addresses, in fields that the factory does not see
    logging.captureWarnings(True)
    sys.excepthook = lambda kind, error, _: _log_uncaught(error)
    threading.excepthook = lambda uncaught: _log_uncaught(uncaught.exc_value)
    sys.unraisablehook = lambda unraisable: _log_uncaught(unraisable.exc_value)


def places(error: BaseException) -> str:
    """The type of an exception and where it came from, without what it says."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return " ".join([type(error).__name__, *(f"< {Path(frame.filename).name}:{frame.lineno}" for frame in frames)])


def _record_without_words(
    name: str, level: int, path: str, line: int, message: object, arguments: Any, exc_info: Any, *_: Any, **__: Any
) -> logging.LogRecord:
    ours = name.partition(".")[0] in OURS
    text, values = (str(message), arguments) if ours else (f"{Path(path).name}:{line} ({WITHHELD})", ())
    error = exc_info[1] if isinstance(exc_info, tuple) else None
    if error is not None:
        text += " " + places(error).replace("%", "%%" if values else "%")
    return logging.LogRecord(name, level, path, line, _with_an_id(text, level), values, None)


def _record_with_an_id(name: str, level: int, path: str, line: int, message: object, *rest: Any, **more: Any) -> logging.LogRecord:
    """Before words are withheld, and in the supervisor, which nobody writes to: only our own lines get an id."""
    text = _with_an_id(str(message), level) if name.partition(".")[0] in OURS else message
    return logging.LogRecord(name, level, path, line, text, *rest, **more)


def _with_an_id(text: str, level: int) -> str:
    """The line of an error with a random id, by which an operator finds it again, unless it names its own."""
    return text if level < logging.ERROR or GIVES_ITS_OWN in text else f"{text} error {secrets.token_hex(4)}"


def _log_uncaught(error: BaseException | None) -> None:
    logger.critical("An error was not caught: %s", places(error) if error else "unknown")
