"""robots.txt by RFC 9309, seen from the servers."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import RunCrawl, start_crawl
from tests.gallery import LISTING, Answer, Gallery, picture_bytes

FORBIDS = b"User-agent: *\nDisallow: /\n"
ALLOWS = b"User-agent: *\nAllow: /\n"
_KIB = 1024


def _long(last_rule: bytes, at_bytes: int) -> bytes:
    """Return a file in which a rule begins so many bytes after the start."""
    start = b"User-agent: *\n"
    return start + b"#" * (at_bytes - len(start) - 1) + b"\n" + last_rule + b"#" * 100 * _KIB


# Each is the robots.txt of a picture host, and what becomes of /pictures/a.jpg on it.
FILES = {
    "not there": (Answer(FORBIDS, 404), True),
    "forbidden itself": (Answer(FORBIDS, 403), True),
    "for members": (Answer(FORBIDS, 401), True),
    "gone": (Answer(FORBIDS, 410), True),
    "server error": (Answer(ALLOWS, 500), False),
    "unavailable": (Answer(ALLOWS, 503), False),
    "too many requests": (Answer(ALLOWS, 429), False),
    "empty": (Answer(b""), True),
    "a page": (Answer(b"<!DOCTYPE html><title>hello</title>"), True),
    "not text": (Answer(bytes(range(256)) * 20), True),
    "forbids": (Answer(FORBIDS), False),
    "forbids, with a byte order mark": (Answer(b"\xef\xbb\xbf" + FORBIDS), False),
    "forbids, with old line ends": (Answer(FORBIDS.replace(b"\n", b"\r")), False),
    "forbids, said to be no text": (
        Answer(FORBIDS, headers={"Content-Type": "application/octet-stream"}),
        False,
    ),
    "moved": (Answer(b"", 301, {"Location": "/elsewhere"}), False),
    "moved in circles": (Answer(b"", 302, {"Location": "/robots.txt"}), None),
    "forbids the folder": (Answer(b"User-agent: *\nDisallow: /pictures/\n"), False),
    "allows the longer path": (
        Answer(b"User-agent: *\nDisallow: /pictures/\nAllow: /pictures/a\n"),
        True,
    ),
    "allows where both are as long": (
        Answer(b"User-agent: *\nDisallow: /pictures/\nAllow: /pictures/\n"),
        True,
    ),
    "forbids with a wildcard": (Answer(b"User-agent: *\nDisallow: /*/a\n"), False),
    "forbids the ending": (Answer(b"User-agent: *\nDisallow: /*.jpg$\n"), False),
    "forbids another ending": (Answer(b"User-agent: *\nDisallow: /*.jp$\n"), True),
    "forbids in capitals": (Answer(b"USER-AGENT: *\nDISALLOW: /pictures\n"), False),
    "forbids another path": (Answer(b"User-agent: *\nDisallow: /Pictures/\n"), True),
    "forbids us": (Answer(b"User-agent: Spiders_Project\nDisallow: /\n"), False),
    "allows us only": (Answer(FORBIDS + b"\nUser-agent: spiders_project\nAllow: /\n"), True),
    "forbids others only": (Answer(b"User-agent: Googlebot\nDisallow: /\n"), True),
    "forbids a crawler that our contact names": (
        Answer(b"User-agent: otherbot\nDisallow: /\n"),
        True,
    ),
    "two groups for us": (
        Answer(
            b"User-agent: spiders_project\nDisallow: /x\n\n"
            b"User-agent: spiders_project\nDisallow: /pictures\n"
        ),
        False,
    ),
    "one group for several": (
        Answer(b"User-agent: a\nUser-agent: spiders_project\nDisallow: /\n"),
        False,
    ),
    "a rule within 500 KiB": (Answer(_long(b"Disallow: /\n", 499 * _KIB)), False),
    "a rule behind 500 KiB": (Answer(_long(b"Disallow: /\n", 501 * _KIB)), True),
    # Cut in the middle, it would forbid everything.
    "a rule across 500 KiB": (Answer(_long(b"Disallow: /x\n", 500 * _KIB - 11)), True),
}
_BECOMES = {True: "downloaded", False: "refused robots", None: "failed too-many-redirects"}


@pytest.fixture
def hosts() -> Iterator[dict[str, Gallery]]:
    """One server for each robots.txt: rules are kept by host and port."""
    with ExitStack() as stack:
        galleries = {name: stack.enter_context(Gallery()) for name in FILES}
        for name, (answer, _) in FILES.items():
            galleries[name].answers["/robots.txt"] = answer
            galleries[name].put("/elsewhere", FORBIDS, "text/plain")
        yield galleries


def test_each_robots_txt_has_its_meaning(
    crawl_gallery: RunCrawl, gallery: Gallery, hosts: dict[str, Gallery]
) -> None:
    for number, host in enumerate(hosts.values()):
        host.put("/pictures/a.jpg", picture_bytes(number), "image/jpeg")
    links = [
        gallery.put_detail(f"/{number}.html", name, f"{host.url}/pictures/a.jpg")
        for number, (name, host) in enumerate(hosts.items())
    ]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/a.jpg"
    links.append(gallery.put_detail("/nobody.html", "nobody there", nobody))
    gallery.put_listing(links)

    run = crawl_gallery(RETRY_TIMES=0, CONTACT="https://example.org/otherbot")

    assert run.status == 0, run.stderr
    expected = {name: _BECOMES[is_allowed] for name, (_, is_allowed) in FILES.items()}
    assert run.outcomes() == expected | {"nobody there": "failed connection-refused"}
    asked = {name: host.requests["/pictures/a.jpg"] for name, host in hosts.items()}
    assert asked == {name: int(is_allowed is True) for name, (_, is_allowed) in FILES.items()}


@pytest.mark.slow
def test_a_robots_txt_that_fails_once_is_read_again_and_sets_the_pace(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"one": picture_bytes(1), "two": picture_bytes(2)})
    gallery.put("/robots.txt", b"User-agent: *\nCrawl-delay: 0.6\n", "text/plain")
    gallery.put_first("/robots.txt", Answer(FORBIDS, 503, {"Retry-After": "1"}))

    run = crawl_gallery()

    assert set(run.outcomes().values()) == {"downloaded"}
    tries = [visit.seconds for visit in gallery.visits_of("/robots.txt", "127.0.0.1")]
    assert tries[1] - tries[0] >= 0.95
    for host, count in {"127.0.0.1": 5, "localhost": 3}.items():
        times = [visit.seconds for visit in gallery.visits if visit.host == host][-count:]
        assert len(times) == count
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert min(gaps) >= 0.55


def test_a_pace_that_never_ends_is_not_waited_for(gallery: Gallery, output: Path) -> None:
    gallery.put_pictures({"one": picture_bytes(1)})
    gallery.put("/robots.txt", b"User-agent: *\nCrawl-delay: 1000000000\n", "text/plain")
    roots = json.dumps({"moyublog": gallery.url})

    with start_crawl(output, "-a", "site=moyublog", SITE_ROOTS=roots) as process:
        try:
            _, stderr = process.communicate(timeout=15)
        finally:
            process.kill()

    assert process.returncode == 1
    assert "Crawl-delay" in stderr
    assert gallery.requests[LISTING] == 0


def test_rules_are_read_from_where_the_site_really_is(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    """A listing that moves to another host is judged by that host's rules."""
    gallery.put_pictures({"one": picture_bytes(1)})
    moved = Answer(b"", 302, {"Location": gallery.picture_url + LISTING})
    gallery.answers[f"//127.0.0.1{LISTING}"] = moved
    gallery.answers["//localhost/robots.txt"] = Answer(FORBIDS)

    run = crawl_gallery(SITE_ROOTS=json.dumps({"moyublog": gallery.url}))

    assert run.status == 1
    assert "robots.txt forbids" in run.sentence
    assert gallery.visits_of(LISTING, "localhost") == []
