"""What the actions share: the content, read at first use."""

from __future__ import annotations

from functools import lru_cache

from safeguarding.content import Content, load_content


@lru_cache(maxsize=1)
def resources() -> Content:
    """The content of this process."""
    return load_content()
