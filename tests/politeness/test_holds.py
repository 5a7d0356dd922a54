"""Hosts that are held back, on a clock that the test turns."""

from spiders_project.politeness.holds import Holds


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_hold_ends_when_its_time_has_come() -> None:
    clock = Clock()
    holds = Holds(clock)

    holds.hold("example.org", 10)
    assert holds.seconds_left("example.org") == 10
    clock.seconds += 9
    assert holds.held() == {"example.org": 1}
    clock.seconds += 1
    assert holds.seconds_left("example.org") == 0
    assert holds.held() == {}


def test_other_hosts_are_not_held() -> None:
    holds = Holds(Clock())
    holds.hold("example.org", 10)

    assert holds.seconds_left("www.example.org") == 0


def test_the_longer_hold_stays() -> None:
    holds = Holds(Clock())
    holds.hold("example.org", 600)
    holds.hold("example.org", 2)
    assert holds.seconds_left("example.org") == 600

    holds.hold("example.org", 700)
    assert holds.seconds_left("example.org") == 700


def test_a_hold_of_no_time_holds_nothing() -> None:
    holds = Holds(Clock())
    holds.hold("example.org", 0)

    assert holds.held() == {}


def test_a_new_hold_after_the_end_of_one_counts_from_now() -> None:
    clock = Clock()
    holds = Holds(clock)
    holds.hold("example.org", 10)
    clock.seconds += 100
    holds.hold("example.org", 2)

    assert holds.seconds_left("example.org") == 2


def test_listeners_hear_each_hold() -> None:
    holds = Holds(Clock())
    heard: list[str] = []
    holds.listen(heard.append)
    holds.hold("a", 1)
    holds.hold("b", 2)
    holds.hold("a", 1)

    assert heard == ["a", "b", "a"]
