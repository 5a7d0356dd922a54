"""Both limits hold, nobody is overtaken, no place is lost."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from spiders_project.politeness.gate import Admission, AdmissionGate


async def settle() -> None:
    """Let every task that can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0)


class Visitor:
    """A picture that wants in, stays as long as it is told to, and goes."""

    def __init__(self, gate: AdmissionGate, size_bytes: int | None = None) -> None:
        self.place: Admission | None = None
        self.may_leave = asyncio.Event()
        self._size_bytes = size_bytes
        self._gate = gate
        self.task = asyncio.create_task(self._visit())

    async def _visit(self) -> None:
        async with self._gate.admission() as place:
            self.place = place
            if self._size_bytes is not None:
                place.charge(self._size_bytes)
            await self.may_leave.wait()

    @property
    def is_inside(self) -> bool:
        return self.place is not None

    async def leave(self) -> None:
        self.may_leave.set()
        await self.task
        await settle()

    async def give_up(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])
        await settle()


async def visitors(gate: AdmissionGate, count: int, size_bytes: int | None = None) -> list[Visitor]:
    arrived = [Visitor(gate, size_bytes) for _ in range(count)]
    await settle()
    return arrived


async def used_to(gate: AdmissionGate, size_bytes: int) -> AdmissionGate:
    """Return a gate that has seen a picture of a size, and guesses the next ones by it."""
    async with gate.admission() as place:
        place.charge(size_bytes)
    return gate


async def empty(gate: AdmissionGate, *inside: Visitor) -> None:
    """Let all go, and see that the gate holds nothing back."""
    for visitor in inside:
        if not visitor.task.done():
            await visitor.leave()
    assert (gate.count, gate.size_bytes) == (0, 0)


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def with_limit() -> None:
        async with asyncio.timeout(20):
            await scenario()

    asyncio.run(with_limit())


def test_admits_up_to_the_count() -> None:
    async def scenario() -> None:
        gate = await used_to(AdmissionGate(max_count=3, max_bytes=10**9), 1000)
        arrived = await visitors(gate, 5)
        assert [visitor.is_inside for visitor in arrived] == [True, True, True, False, False]
        assert gate.count == 3
        await arrived[1].leave()
        assert [visitor.is_inside for visitor in arrived] == [True, True, True, True, False]
        await empty(gate, *arrived)

    run(scenario)


def test_admits_up_to_the_bytes() -> None:
    async def scenario() -> None:
        gate = await used_to(AdmissionGate(max_count=100, max_bytes=800), 100)
        arrived = await visitors(gate, 10)
        assert sum(visitor.is_inside for visitor in arrived) == 8
        assert gate.size_bytes == 800
        await empty(gate, *arrived)

    run(scenario)


def test_list_of_large_pictures_starts_slowly() -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=100, max_bytes=8000)
        first, *others = await visitors(gate, 20)
        # Nothing is known of their sizes, so the first one is alone.
        assert first.is_inside
        assert not any(visitor.is_inside for visitor in others)
        assert first.place is not None
        first.place.charge(3000)
        await settle()
        assert sum(visitor.is_inside for visitor in others) == 1
        await empty(gate, first, *others)

    run(scenario)


def test_small_pictures_let_more_in() -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=100, max_bytes=800)
        first = await visitors(gate, 8, size_bytes=1)
        others = await visitors(gate, 20)
        assert sum(visitor.is_inside for visitor in others) > 8
        assert gate.size_bytes <= 800
        await empty(gate, *first, *others)

    run(scenario)


@pytest.mark.parametrize("max_bytes", [0, 1, 7, 100])
def test_huge_picture_is_admitted_alone(max_bytes: int) -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=4, max_bytes=max_bytes)
        (huge,) = await visitors(gate, 1, size_bytes=10_000)
        assert huge.is_inside
        (next_one,) = await visitors(gate, 1)
        assert not next_one.is_inside
        await huge.leave()
        assert next_one.is_inside
        await empty(gate, next_one)

    run(scenario)


def test_first_come_first_served() -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=1, max_bytes=1000)
        arrived = await visitors(gate, 6)
        for turn, visitor in enumerate(arrived):
            assert [each.is_inside for each in arrived] == [i <= turn for i in range(6)]
            await visitor.leave()
        await empty(gate)

    run(scenario)


def test_newcomer_does_not_overtake_those_who_wait() -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=1, max_bytes=1000)
        inside, waiting = await visitors(gate, 2)
        inside.may_leave.set()
        newcomer = Visitor(gate)
        await settle()
        assert waiting.is_inside
        assert not newcomer.is_inside
        await empty(gate, inside, waiting, newcomer)

    run(scenario)


def test_recharge_lets_those_in_who_wait() -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=100, max_bytes=800)
        arrived = await visitors(gate, 9)
        assert not arrived[8].is_inside
        assert arrived[0].place is not None
        arrived[0].place.charge(0)
        await settle()
        assert arrived[8].is_inside
        await empty(gate, *arrived)

    run(scenario)


def test_recharge_upwards_holds_the_next_ones_back() -> None:
    async def scenario() -> None:
        gate = await used_to(AdmissionGate(max_count=100, max_bytes=800), 100)
        first, second = await visitors(gate, 2)
        assert first.place is not None
        first.place.charge(750)
        assert gate.size_bytes == 850
        (third,) = await visitors(gate, 1)
        assert not third.is_inside
        await second.leave()
        assert not third.is_inside
        await first.leave()
        assert third.is_inside
        await empty(gate, third)

    run(scenario)


def test_charge_that_is_corrected_again_counts_once() -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=4, max_bytes=800)
        (visitor,) = await visitors(gate, 1)
        assert visitor.place is not None
        for size_bytes in (500, 20, 300, 300):
            visitor.place.charge(size_bytes)
            assert gate.size_bytes == visitor.place.size_bytes == size_bytes
        await empty(gate, visitor)

    run(scenario)


def test_place_is_free_again_after_an_error() -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=1, max_bytes=100)
        with pytest.raises(OSError, match="disk"):
            async with gate.admission():
                raise OSError("disk full")
        assert (gate.count, gate.size_bytes) == (0, 0)

    run(scenario)


@pytest.mark.parametrize("who", [0, 1, 2], ids=["first", "middle", "last"])
def test_one_who_gives_up_in_line_loses_no_place_for_the_others(who: int) -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=1, max_bytes=100)
        inside, *waiting = await visitors(gate, 4)
        await waiting.pop(who).give_up()
        await inside.leave()
        assert [visitor.is_inside for visitor in waiting] == [True, False]
        await waiting[0].leave()
        assert waiting[1].is_inside
        await empty(gate, waiting[1])

    run(scenario)


def test_one_who_gives_up_while_being_called_passes_the_place_on() -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=1, max_bytes=100)
        inside, called, next_one = await visitors(gate, 3)
        inside.may_leave.set()
        await asyncio.sleep(0)
        assert inside.task.done()
        assert not called.is_inside, "called, and has not run yet"
        called.task.cancel()
        await settle()
        assert not called.is_inside
        assert next_one.is_inside
        await empty(gate, inside, next_one)

    run(scenario)


def test_one_who_is_cancelled_inside_frees_the_place() -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=1, max_bytes=100)
        inside, next_one = await visitors(gate, 2)
        await inside.give_up()
        assert next_one.is_inside
        await empty(gate, next_one)

    run(scenario)


def test_all_who_wait_may_give_up() -> None:
    async def scenario() -> None:
        gate = AdmissionGate(max_count=1, max_bytes=100)
        inside, *waiting = await visitors(gate, 4)
        for visitor in waiting:
            await visitor.give_up()
        await inside.leave()
        assert (gate.count, gate.size_bytes) == (0, 0)
        (newcomer,) = await visitors(gate, 1)
        assert newcomer.is_inside
        await empty(gate, newcomer)

    run(scenario)


@pytest.mark.parametrize("seed", range(5))
def test_limits_hold_whatever_happens(seed: int) -> None:
    async def scenario() -> None:
        chance = random.Random(seed)
        gate = AdmissionGate(max_count=5, max_bytes=1000)
        served = 0
        broken: list[tuple[int, int]] = []

        async def picture() -> None:
            nonlocal served
            async with gate.admission() as place:
                for _ in range(chance.randrange(4)):
                    # Sizes turn out as guessed or smaller: then both limits hold at every moment.
                    place.charge(chance.randint(0, place.size_bytes))
                    if gate.count > 5 or gate.size_bytes > 1000:
                        broken.append((gate.count, gate.size_bytes))
                    await asyncio.sleep(0)
                served += 1

        tasks = [asyncio.create_task(picture()) for _ in range(200)]
        cancelled = 0
        while not all(task.done() for task in tasks):
            await asyncio.sleep(0)
            if chance.random() < 0.1:
                cancelled += chance.choice(tasks).cancel()
        assert broken == []
        assert served + cancelled >= 200
        assert served > 50
        assert (gate.count, gate.size_bytes) == (0, 0)

    run(scenario)
