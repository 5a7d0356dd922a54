"""Who asks us to wait is waited for; everybody else is not."""

import json
import signal
import time
from pathlib import Path

import pytest

from tests.conftest import Crawl, RunCrawl, start_crawl
from tests.gallery import LISTING, Answer, Gallery, Visit, picture_bytes

SECOND_LISTING = LISTING.replace("index", "index_2")
_LATENESS = 0.05
"""Two clocks are compared, and a request takes a moment."""


def _wait(seconds: int, status: int = 429) -> Answer:
    return Answer(b"", status, {"Retry-After": str(seconds)})


def _gap(visits: list[Visit]) -> float:
    return visits[1].seconds - visits[0].seconds


def _put_details(gallery: Gallery, count: int) -> list[str]:
    """Make detail pages with two pictures each, on both hosts; return their paths."""
    paths = []
    for number in range(count):
        pictures = []
        for host_url, start in ((gallery.url, "near"), (gallery.picture_url, "far")):
            path = f"/{start}/{number}.jpg"
            gallery.put(path, picture_bytes(2 * number + (start == "far")), "image/jpeg")
            pictures.append(host_url + path)
        paths.append(gallery.put_detail(f"/{number}.html", f"picture {number}", *pictures))
    return paths


def _assert_all_came(run: Crawl, count: int) -> None:
    assert run.status == 0, run.stderr
    assert sorted(item["title"] for item in run.feed) == sorted(
        f"picture {number}" for number in range(count)
    )
    assert {image["status"] for item in run.feed for image in item["images"]} == {"downloaded"}
    assert sum(len(item["images"]) for item in run.feed) == 2 * count


def test_a_host_that_asks_for_time_gets_it_while_others_go_on(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_listing(_put_details(gallery, 12))
    gallery.put_first(LISTING, _wait(1))
    # The last page comes late, when the pictures' host is held back.
    lost = Answer(hangs_up=True)
    gallery.put_first("/11.html", lost, lost)
    gallery.put_first("/far/0.jpg", _wait(3))

    run = crawl_gallery(PICTURES_IN_FLIGHT=1)

    _assert_all_came(run, 12)
    assert _gap(gallery.visits_of(LISTING)) >= 1 - _LATENESS
    held = gallery.visits_of("/far/0.jpg")
    assert _gap(held) >= 3 - _LATENESS
    start = held[0].seconds
    meanwhile = [v for v in gallery.visits if start < v.seconds < start + 3 - _LATENESS]
    assert {visit.host for visit in meanwhile} == {"127.0.0.1"}
    assert len(gallery.visits_of("/11.html")) == 3
    assert any(visit.path.startswith("/near/") for visit in meanwhile)


@pytest.mark.slow
def test_what_is_queued_for_a_host_that_is_held_back_is_not_lost(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_listing(_put_details(gallery, 40))
    gallery.put_first("/3.html", _wait(1))
    gallery.put_first("/20.html", _wait(1, status=503))

    run = crawl_gallery()

    _assert_all_came(run, 40)
    assert _gap(gallery.visits_of("/3.html")) >= 1 - _LATENESS
    assert _gap(gallery.visits_of("/20.html")) >= 1 - _LATENESS


def test_a_redirect_to_a_host_that_is_held_back_waits_for_it(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    target = Answer(status=302, headers={"Location": f"{gallery.url}/target.jpg"})
    gallery.put_pictures({"one": target})
    gallery.put("/target.jpg", picture_bytes(1), "image/jpeg")
    gallery.answers[SECOND_LISTING] = Answer(b"", 404)
    gallery.put_first(SECOND_LISTING, _wait(2))

    run = crawl_gallery()

    assert run.outcomes() == {"one": "downloaded"}
    assert gallery.requests["/pictures/0.jpg"] <= 3


@pytest.mark.slow
def test_an_overloaded_host_that_says_no_time_gets_five_seconds(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_listing(_put_details(gallery, 1))
    gallery.put_first(LISTING, Answer(b"", 503))

    _assert_all_came(crawl_gallery(), 1)

    assert _gap(gallery.visits_of(LISTING)) >= 0.75 * 5 - _LATENESS


def test_a_signal_ends_a_long_wait(gallery: Gallery, output: Path) -> None:
    gallery.put_listing(_put_details(gallery, 5))
    gallery.answers["/2.html"] = _wait(600)
    gallery.answers["/far/1.jpg"] = _wait(600)
    process = start_crawl(
        output,
        *("-a", "site=moyublog"),
        SITE_ROOTS=json.dumps({"moyublog": gallery.url}),
        DOWNLOAD_DELAY=0,
        CONCURRENT_REQUESTS_PER_DOMAIN=1,
    )
    while not gallery.visits_of("/2.html"):
        assert process.poll() is None
        time.sleep(0.05)

    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)

    assert process.returncode == 3, stderr
    assert "stopped early by a signal" in stderr
    assert "Traceback" not in stderr
    assert "Traceback" not in (output / "crawl.log").read_text()
    assert len(gallery.visits_of("/2.html")) == 1


def test_without_retries_everything_is_asked_for_once(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures(
        {
            "fine": picture_bytes(1),
            "overloaded": Answer(b"", 503),
            "in trouble": Answer(b"", 500),
            "lost": Answer(hangs_up=True),
        }
    )

    run = crawl_gallery(RETRY_TIMES=0)

    assert run.outcomes() == {
        "fine": "downloaded",
        "overloaded": "failed http-503",
        "in trouble": "failed http-500",
        "lost": "failed connection-lost",
    }
    # On a connection that was kept open, the one lost may be sent once more (RFC 9112, 9.3.1).
    again = {path for path, count in gallery.requests.items() if count > 1}
    assert again <= {"/robots.txt", "/pictures/3.jpg"}


def test_with_retries_off_a_robots_txt_that_cannot_be_read_forbids_all(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"fine": picture_bytes(1)})
    gallery.answers["/robots.txt"] = _wait(1, status=503)

    run = crawl_gallery(RETRY_ENABLED=False)

    assert run.status == 1
    assert "robots.txt forbids" in run.sentence
    assert gallery.requests == {"/robots.txt": 1}
