"""Which unit tests are those of the core, and how long they may take: for conftest.py and test_house.py."""

from __future__ import annotations

MOST_SECONDS = 5.0
"""Of CPU, all of them together."""

HOUSE = {
    *("test_docs", "test_docs_commands", "test_guided_path_page", "test_house", "test_layers"),
    *("test_our_log_lines", "test_stories", "test_style"),
}
"""They look at the house, every file of it, and not at what one part of the core decides."""
