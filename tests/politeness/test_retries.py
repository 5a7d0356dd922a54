"""When a failure is worth another try, and how long to wait for it."""

from datetime import UTC, datetime

import pytest

from spiders_project.outcomes import Reason
from spiders_project.politeness.retries import Retry, RetryPolicy, seconds_of_retry_after

NOW = datetime(1994, 11, 6, 8, 49, 7, tzinfo=UTC)
STEADY = RetryPolicy(jitter=lambda: 1.0)

WAITS = {
    "http-429": ([5, 10, 20], True),
    "http-503": ([5, 10, 20], True),
    "http-408": ([1, 2, 4], False),
    "http-500": ([1, 2, 4], False),
    "http-502": ([1, 2, 4], False),
    "http-504": ([1, 2, 4], False),
    "http-520": ([1, 2, 4], False),
    "http-524": ([1, 2, 4], False),
    Reason.TIMEOUT: ([1, 2, 4], False),
    Reason.CONNECTION_LOST: ([1, 2, 4], False),
    Reason.CUT_SHORT: ([1, 2, 4], False),
    Reason.DNS: ([1], False),
    Reason.CONNECTION_REFUSED: ([1], False),
}


@pytest.mark.parametrize(("reason", "waits", "holds"), [(r, *w) for r, w in WAITS.items()])
def test_waits_double_until_the_tries_are_used_up(
    reason: str, waits: list[float], holds: bool
) -> None:
    found = [STEADY.next_try(tries, reason) for tries in range(1, len(waits) + 2)]

    assert found == [*(Retry(seconds, holds) for seconds in waits), None]


FINAL = [
    *(f"http-{status}" for status in (301, 400, 401, 403, 404, 410, 418, 451, 501, 505)),
    *(Reason.TLS, Reason.ROBOTS, Reason.TOO_LARGE, Reason.PRIVATE_ADDRESS, Reason.OTHER),
    *(Reason.TOO_MANY_REDIRECTS, Reason.TRUNCATED, Reason.OPT_OUT, Reason.STOPPED),
]


@pytest.mark.parametrize("reason", FINAL)
def test_what_does_not_pass_is_not_asked_again(reason: str) -> None:
    assert STEADY.next_try(1, reason, retry_after="1") is None


@pytest.mark.parametrize("reason", [*WAITS, *FINAL])
def test_no_retries_means_none(reason: str) -> None:
    assert RetryPolicy(times=0).next_try(1, reason) is None


def test_an_overloaded_host_is_left_alone_for_as_long_as_it_says() -> None:
    assert STEADY.next_try(1, "http-429", "120") == Retry(120, holds_host=True)
    assert STEADY.next_try(3, "http-503", "120") == Retry(120, holds_host=True)
    assert STEADY.next_try(1, "http-503", "3600") == Retry(3600, holds_host=True)


@pytest.mark.parametrize("value", ["3601", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_more_than_an_hour_is_not_waited_for(value: str) -> None:
    assert STEADY.next_try(1, "http-429", value) is None


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "Wed, 32 Jan 2030 00:00:00 GMT"])
def test_a_retry_after_without_sense_is_as_if_there_were_none(value: str) -> None:
    assert STEADY.next_try(1, "http-503", value) == Retry(5, holds_host=True)


@pytest.mark.parametrize("value", ["0", "Sun, 06 Nov 1994 08:49:37 GMT"])
def test_a_time_that_has_passed_is_not_an_invitation_to_hurry(value: str) -> None:
    retry = STEADY.next_try(2, "http-429", value)

    assert retry is not None
    assert retry.after_seconds >= 1


def test_retry_after_is_no_reason_to_ask_again_for_what_is_not_there() -> None:
    assert STEADY.next_try(1, "http-404", "1") is None


def test_a_wait_varies_by_a_quarter_at_most_and_does_vary() -> None:
    policy = RetryPolicy()
    waits = [policy.next_try(2, "http-500") for _ in range(300)]
    seconds = {wait.after_seconds for wait in waits if wait}

    assert 1.5 <= min(seconds) < 1.8
    assert 2.2 < max(seconds) <= 2.5


def test_a_wait_of_ours_never_passes_its_limit() -> None:
    policy = RetryPolicy(times=50, max_seconds=60)
    waits = [policy.next_try(tries, "http-503") for tries in range(1, 51)]

    assert max(wait.after_seconds for wait in waits if wait) <= 60


DATES = {
    "IMF-fixdate": ("Sun, 06 Nov 1994 08:49:37 GMT", 30),
    "RFC 850": ("Sunday, 06-Nov-94 08:49:37 GMT", 30),
    "asctime": ("Sun Nov  6 08:49:37 1994", 30),
    "another zone": ("Sun, 06 Nov 1994 09:49:37 +0100", 30),
    "spaces around": ("  Sun, 06 Nov 1994 08:49:37 GMT ", 30),
    "the past": ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
    "seconds": ("30", 30),
    "seconds with spaces": (" 30 ", 30),
    "no seconds": ("0", 0),
    "leading zeros": ("0030", 30),
}


@pytest.mark.parametrize(("value", "seconds"), DATES.values(), ids=DATES)
def test_reads_both_forms_of_retry_after(value: str, seconds: float) -> None:
    assert seconds_of_retry_after(value, NOW) == seconds


NONSENSE = {
    "empty": "",
    "spaces": "   ",
    "words": "in a while",
    "negative": "-30",
    "plus": "+30",
    "fraction": "1.5",
    "exponent": "1e3",
    "hexadecimal": "0x1e",
    "Arabic digits": "٣٠",
    "superscript": "²",
    "commas": ", ,",
    "two values": "30, 60",
    "no such day": "Wed, 32 Jan 2026 00:00:00 GMT",
    "no such hour": "Wed, 01 Jan 2026 99:00:00 GMT",
    "a year of many digits": "Wed, 01 Jan 99999999999999999999 00:00:00 GMT",
    "a zone of many digits": "Wed, 01 Jan 2099 00:00:00 +99999999999999",
    "control characters": "\x00\x01",
}


@pytest.mark.parametrize("value", NONSENSE.values(), ids=NONSENSE)
def test_a_retry_after_without_sense_is_none(value: str) -> None:
    assert seconds_of_retry_after(value, NOW) is None
