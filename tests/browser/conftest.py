"""Real Chromium, as the system has it, and a page that watches where its requests go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from visitor import CHROMIUM, Visitor, watch


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **CHROMIUM}


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., BrowserContext]]:
    """Every page of every browser test is watched: it fails where a script breaks or anything is fetched from elsewhere."""
    seen: list[list[str]] = []

    def watched(**dress: Any) -> BrowserContext:
        context = new_context(**dress)
        seen.append(watch(context))
        return context

    yield watched
    assert [trouble for troubles in seen for trouble in troubles] == []


@pytest.fixture
def visitor(page: Page, guide_url: str) -> Visitor:
    """A visitor on the start page of the guide."""
    return Visitor(page, guide_url).open()


@pytest.fixture
def without_script(new_context: Callable[..., BrowserContext], guide_url: str) -> Visitor:
    """The same with JavaScript off."""
    return Visitor(new_context(java_script_enabled=False).new_page(), guide_url).open()
