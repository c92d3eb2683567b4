"""What the actions share: the content and the record of hand-offs, opened at first use."""

from __future__ import annotations

from functools import lru_cache

from safeguarding.content import Content, load_content
from safeguarding.settings import load_settings
from safeguarding.store import EscalationStore


@lru_cache(maxsize=1)
def resources() -> tuple[Content, EscalationStore]:
    """The content and the store of this process."""
    return load_content(), EscalationStore(load_settings())
