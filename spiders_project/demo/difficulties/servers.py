"""Servers that refuse, delay, mislead, or want something first."""

from __future__ import annotations

from spiders_project.demo.picture import Category

from .answers import (
    busy_for,
    busy_until,
    circling,
    dropped_once,
    for_holders,
    for_visitors,
    redirected,
    slow,
    status,
    too_long,
    too_short,
    unavailable_once,
)
from .difficulty import Album, Difficulty, Promise

RETRY_AFTER_SECONDS = 2
RETRY_AFTER_DATE_SECONDS = 3
SLOW_SECONDS = 1.5

SERVERS = Album(
    Category("hard-servers", "Hard servers"),
    (
        Difficulty(
            "not-found",
            "Not There",
            "The answer is 404.",
            Promise("failed", "http-404"),
            status(404),
        ),
        Difficulty(
            "gone",
            "Gone for Good",
            "The answer is 410.",
            Promise("gone", "http-410"),
            status(410),
        ),
        Difficulty(
            "too-long",
            "More Than Announced",
            "The answer is longer than its Content-Length, which is that of the picture.",
            Promise(also="as far as announced"),
            too_long,
        ),
        Difficulty(
            "too-short",
            "Less Than Announced",
            "The answer is shorter than its Content-Length.",
            Promise("failed", "cut-short"),
            too_short,
        ),
        Difficulty(
            "redirect",
            "Next Door",
            "The address redirects to the picture.",
            answer=redirected,
        ),
        Difficulty(
            "redirect-loop",
            "Round and Round",
            "The address redirects to itself.",
            Promise("failed", "too-many-redirects"),
            circling,
        ),
        Difficulty(
            "retry-seconds",
            "In Two Seconds",
            "The answer is 429, with seconds in Retry-After.",
            Promise(also="not asked for again before they are over"),
            busy_for(RETRY_AFTER_SECONDS),
        ),
        Difficulty(
            "retry-date",
            "At the Stroke",
            "The answer is 429, with a date in Retry-After.",
            Promise(also="not asked for again before it"),
            busy_until(RETRY_AFTER_DATE_SECONDS),
        ),
        Difficulty(
            "unavailable-once",
            "Back in a Moment",
            "The first answer is 503.",
            Promise(also="asked for twice"),
            unavailable_once,
        ),
        Difficulty(
            "slow",
            "In Its Own Time",
            "The answer takes a second and a half.",
            answer=slow(SLOW_SECONDS),
        ),
        Difficulty(
            "dropped",
            "The Line Goes Dead",
            "The connection drops in the middle of the first answer.",
            Promise(also="asked for twice"),
            dropped_once,
        ),
        Difficulty(
            "referer",
            "For Visitors",
            "The host demands a Referer.",
            answer=for_visitors,
        ),
        Difficulty(
            "cookie",
            "Ticket Holders Only",
            "The host demands a cookie that the page of the picture sets.",
            answer=for_holders("ticket"),
            link="http://{pages}{path}",
            cookie="ticket",
        ),
        Difficulty(
            "session",
            "Members Only",
            "The host demands a session that begins on the listing.",
            answer=for_holders("session"),
            link="http://{pages}{path}",
        ),
    ),
    cookie="session",
)
