"""Who was refused for being fast goes one after the other; nobody else waits."""

from __future__ import annotations

import asyncio
import itertools
import time

import pytest

from bot import slow_lane
from bot.slow_lane import PAUSE_SECONDS, LaneIsFull, SlowLane


async def go_through(lane: SlowLane, address: str, seen: list[int], most: list[int]) -> None:
    async with lane.through(address):
        seen.append(1)
        most.append(len(seen))
        await asyncio.sleep(0)
        seen.pop()


async def test_who_is_not_in_the_lane_waits_for_nobody() -> None:
    lane, most = SlowLane(), []
    lane.put_in("10.0.0.1")
    seen: list[int] = []
    started = time.monotonic()
    await asyncio.gather(*(go_through(lane, "10.0.0.2", seen, most) for _ in range(50)))
    assert max(most) == 50
    assert time.monotonic() - started < PAUSE_SECONDS * 10


async def test_who_is_in_the_lane_goes_one_after_the_other() -> None:
    lane, most = SlowLane(), []
    lane.put_in("10.0.0.1")
    seen: list[int] = []
    started = time.monotonic()
    await asyncio.gather(*(go_through(lane, "10.0.0.1", seen, most) for _ in range(5)))
    assert max(most) == 1
    assert time.monotonic() - started >= PAUSE_SECONDS * 4


async def test_nobody_waits_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_lane, "LONGEST_WAIT", 0.05)
    lane = SlowLane()
    lane.put_in("10.0.0.1")
    results = await asyncio.gather(*(go_through(lane, "10.0.0.1", [], []) for _ in range(20)), return_exceptions=True)
    assert sum(isinstance(result, LaneIsFull) for result in results) > 10
    assert None in results
    await go_through(lane, "10.0.0.1", [], [])


async def test_who_waited_in_vain_has_a_look_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_lane, "LONGEST_WAIT_FOR_A_LOOK", 0.2)
    lane, looked = SlowLane(), []

    async def look() -> None:
        async with lane.a_look():
            time.sleep(0.01)  # the event loop's time, as a look takes it
            looked.append(time.monotonic())

    results = await asyncio.gather(*(look() for _ in range(30)), return_exceptions=True)
    assert 1 < len(looked) < 10
    assert sum(isinstance(result, LaneIsFull) for result in results) == 30 - len(looked)
    assert min(later - earlier for earlier, later in itertools.pairwise(looked)) >= 0.01 * slow_lane.REST_AFTER_A_LOOK


@pytest.mark.parametrize("moment", [0.0, 0.005, PAUSE_SECONDS / 2, PAUSE_SECONDS * 1.5])
async def test_who_hangs_up_gives_the_turn_back(moment: float) -> None:
    lane = SlowLane()
    lane.put_in("10.0.0.1")
    leaving = [asyncio.create_task(go_through(lane, "10.0.0.1", [], [])) for _ in range(20)]
    await asyncio.sleep(moment)
    for task in leaving:
        task.cancel()
    await asyncio.gather(*leaving, return_exceptions=True)
    await asyncio.wait_for(go_through(lane, "10.0.0.1", [], []), 1)


async def test_the_lane_is_left_after_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    lane = SlowLane()
    lane.put_in("10.0.0.1")
    assert lane.holds("10.0.0.1")
    assert "10.0.0.1" not in str(vars(lane))
    now = time.monotonic()
    monkeypatch.setattr(slow_lane.time, "monotonic", lambda: now + slow_lane.STAYS_SECONDS + 1)
    assert not lane.holds("10.0.0.1")


def test_the_lane_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_lane, "MOST_ADDRESSES", 100)
    lane = SlowLane()
    for number in range(1000):
        lane.put_in(str(number))
    assert len(lane._until) == 100
