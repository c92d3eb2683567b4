"""Real Chromium, as the system has it, and a page that watches where its requests go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from visitor import CHROMIUM, Visitor


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **CHROMIUM}


@pytest.fixture
def visitor(page: Page, guide_url: str) -> Iterator[Visitor]:
    """A visitor on the start page of the guide. Fails where a script breaks or anything is fetched from elsewhere."""
    visitor = Visitor(page, guide_url)
    visitor.open()
    yield visitor
    assert visitor.troubles == []


@pytest.fixture
def without_script(new_context: Callable[..., BrowserContext], guide_url: str) -> Iterator[Visitor]:
    """The same with JavaScript off."""
    visitor = Visitor(new_context(java_script_enabled=False).new_page(), guide_url)
    visitor.open()
    yield visitor
    assert visitor.troubles == []
