"""Our own log lines keep their text in production, so they must be made of fixed words, types and numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeguarding.settings import ROOT

SOURCES = [path for folder in ("safeguarding", "bot", "actions") for path in sorted((ROOT / folder).rglob("*.py"))]
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
HARMLESS = {
    "type(error).__name__", "error_id", "secrets.token_hex(4)", "kind", "places(error) if error else 'unknown'",
    "child.name", "code", "pause", "event.key", "path.parent.name",
}  # fmt: skip
"""What may be put into a line: the type of an error, the place it came from, an error id. `kind` is a type's name in bot/guide.py;
`child.name` is one of two in bot/launch.py, beside its exit code and the seconds until it is started again;
`event.key` is a slot of domain.yml in bot/forgetful_tracker_store.py; `path.parent.name` is the folder of a translation in
bot/languages.py."""


def log_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
            name = ast.unparse(node.func.value)
            if name in ("logger", "log", "logging") or "getLogger" in name:
                yield node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_log_lines_are_fixed_words_types_and_numbers(path: Path) -> None:
    for call in log_calls(ast.parse(path.read_text(encoding="utf-8"))):
        line, *values = call.args
        where = f"{path.name}:{call.lineno}"
        if ast.unparse(line) != "message":  # handed through once in safeguarding/store.py, where each caller passes a constant
            assert isinstance(line, ast.Constant), f"{where}: the text of a log line must be a constant."
        strange = {ast.unparse(value) for value in values if not isinstance(value, ast.Constant)} - HARMLESS
        assert not strange, f"{where}: {strange} may hold words: log the type of the error, or add it to HARMLESS with a reason."
        assert {keyword.arg for keyword in call.keywords} <= {"exc_info"}, f"{where}: a log line takes no other fields."


def test_a_line_with_words_would_be_noticed() -> None:
    (call,) = log_calls(ast.parse("logger.error(f'Failed on {text}', error)"))
    assert not isinstance(call.args[0], ast.Constant)
    assert ast.unparse(call.args[1]) not in HARMLESS
