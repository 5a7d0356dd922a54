"""The answers of the difficult albums go wrong on the wire as their table says."""

from __future__ import annotations

import asyncio
import gzip
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from tests.demo.visitor import JPEG_START, Visitor, is_whole, visit


def test_lengths_are_announced_wrongly() -> None:
    async def steps(visitor: Visitor) -> None:
        long = await visitor.original("hard-servers/too-long")
        assert len(long.body) > long.announced
        assert is_whole(long.body[: long.announced])
        short = await visitor.original("hard-servers/too-short")
        assert 0 < len(short.body) < short.announced

    visit(steps)


def test_contents_are_not_what_they_seem() -> None:
    async def steps(visitor: Visitor) -> None:
        cut = await visitor.original("hard-pictures/truncated")
        assert len(cut.body) == cut.announced
        assert cut.body.startswith(JPEG_START)
        assert not is_whole(cut.body)
        assert (await visitor.original("hard-pictures/login")).body.startswith(b"<!DOCTYPE html>")
        disguised = await visitor.original("hard-pictures/extension")
        assert disguised.headers["content-type"] == "image/jpeg"
        assert disguised.body.startswith(b"\x89PNG")
        assert (await visitor.original("hard-pictures/empty")).body == b""
        wrong = await visitor.original("hard-pictures/wrong-type")
        assert wrong.headers["content-type"] == "text/html"
        without = await visitor.original("hard-pictures/no-type")
        assert "content-type" not in without.headers
        assert is_whole(wrong.body)
        assert is_whole(without.body)
        zipped = await visitor.original("hard-pictures/gzip", "Accept-Encoding: identity")
        assert zipped.headers["content-encoding"] == "gzip"
        assert is_whole(gzip.decompress(zipped.body))

    visit(steps)


def test_redirects_lead_to_the_picture_or_in_circles() -> None:
    async def steps(visitor: Visitor) -> None:
        moved = await visitor.original("hard-servers/redirect")
        assert moved.status == 302
        there = await visitor.get(urljoin(visitor.pictures, moved.headers["location"]))
        assert is_whole(there.body)
        circle = await visitor.original("hard-servers/redirect-loop")
        assert circle.headers["location"] == "/originals/hard-servers/redirect-loop.jpg"

    visit(steps)


def test_busy_servers_say_until_when_and_keep_to_it() -> None:
    async def steps(visitor: Visitor) -> None:
        seconds = await visitor.original("hard-servers/retry-seconds")
        date = await visitor.original("hard-servers/retry-date")
        assert (seconds.status, seconds.headers["retry-after"]) == (429, "2")
        until = parsedate_to_datetime(date.headers["retry-after"]).timestamp()
        assert date.status == 429
        assert 1 < until - time.time() <= 3
        assert (await visitor.original("hard-servers/retry-seconds")).status == 429
        await asyncio.sleep(until - time.time() + 0.01)
        assert is_whole((await visitor.original("hard-servers/retry-date")).body)
        assert is_whole((await visitor.original("hard-servers/retry-seconds")).body)

    visit(steps)


def test_first_answers_fail_again_after_a_reset() -> None:
    async def steps(visitor: Visitor) -> None:
        for _ in range(2):
            assert (await visitor.original("hard-servers/unavailable-once")).status == 503
            dropped = await visitor.original("hard-servers/dropped")
            assert len(dropped.body) < dropped.announced
            for name in ("unavailable-once", "dropped"):
                assert is_whole((await visitor.original(f"hard-servers/{name}")).body)
            await visitor.get("/requests.json/reset", method="POST")

    visit(steps)


def test_slow_answer_takes_its_time() -> None:
    async def steps(visitor: Visitor) -> None:
        started = time.monotonic()
        assert is_whole((await visitor.original("hard-servers/slow")).body)
        assert time.monotonic() - started >= 1.4

    visit(steps)


def test_referer_is_demanded() -> None:
    async def steps(visitor: Visitor) -> None:
        for referer in ((), ("Referer: http://elsewhere.example/",)):
            assert (await visitor.original("hard-servers/referer", *referer)).status == 403
        from_here = await visitor.original("hard-servers/referer", f"Referer: {visitor.url}/")
        assert is_whole(from_here.body)

    visit(steps)


def test_cookies_come_from_the_page_and_from_the_listing() -> None:
    async def steps(visitor: Visitor) -> None:
        for name, page in (("cookie", "cookie.html"), ("session", "index.html")):
            picture = f"/originals/hard-servers/{name}.jpg"
            assert (await visitor.get(picture)).status == 403
            assert (await visitor.get(picture, "Cookie: ticket=1; session=1")).status == 403
            given = (await visitor.get(f"/hard-servers/{page}")).headers["set-cookie"]
            reply = await visitor.get(picture, f"Cookie: {given.partition(';')[0]}")
            assert is_whole(reply.body)
        assert "set-cookie" not in (await visitor.get("/hard-servers/session.html")).headers

    visit(steps)
