"""How a crawl of a gallery is scored, with commands that stand for crawlers."""

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.galleries.crawlers import Crawler, crawlers
from benchmarks.galleries.gallery import Gallery
from benchmarks.galleries.report import Row, report
from benchmarks.galleries.score import Score, Spent, allowed_requests, measure
from benchmarks.galleries.server import served_folder
from benchmarks.galleries.truth import Offer, Truth
from benchmarks.galleries.workshop import Needs

BODIES = {"1.jpg": b"first", "2.jpg": b"second", "thumb.jpg": b"small"}
FETCH = """
import sys, urllib.request
url, folder, *names = sys.argv[1:]
for name in names:
    with urllib.request.urlopen(url + name) as answer:
        body = answer.read()
    if not name.endswith(".html"):
        open(f"{folder}/{name}", "wb").write(body)
"""


def offer(number: int, name: str, *titles: str) -> Offer:
    mark = hashlib.sha256(BODIES[name]).hexdigest()
    return Offer(number, mark, (), f"/{name}", 10, 10, titles)


TRUTH = Truth((offer(1, "1.jpg", "First light"), offer(2, "2.jpg", "Low tide")), 1, 0)


def crawler(*names: str, titles: dict[str, str] | None = None) -> Crawler:
    """Return one who fetches what it is told to."""

    def command(url: str, folder: Path) -> Sequence[str]:
        return [sys.executable, "-c", FETCH, url, str(folder), *names]

    marks = {hashlib.sha256(BODIES[k]).hexdigest(): v for k, v in (titles or {}).items()}
    return Crawler("x", "somebody", command, lambda f: list(f.iterdir()), lambda _: marks)


def scored(folder: Path, one: Crawler) -> Score:
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text("<p>A gallery</p>")
    for name, body in BODIES.items():
        (site / name).write_bytes(body)
    with served_folder(site) as served:
        return measure(one, served, "/", TRUTH, folder / "crawl")


def test_counts_originals_and_what_is_none(tmp_path: Path) -> None:
    score = scored(tmp_path, crawler("index.html", "1.jpg", "thumb.jpg"))

    assert (score.recall, score.precision) == (0.5, 0.5)
    assert score.spent == Spent(pages=1, pictures=2, wrong=0)


def test_counts_what_was_not_there_as_wrong(tmp_path: Path) -> None:
    score = scored(tmp_path, crawler("1.jpg", "missing.jpg"))

    assert score.spent == Spent(pages=0, pictures=1, wrong=1)
    assert score.problem is not None
    assert "404" in score.problem


def test_compares_titles_whatever_separates_their_words(tmp_path: Path) -> None:
    titles = {"1.jpg": "first_light – Two journeys", "2.jpg": "High tide"}

    score = scored(tmp_path, crawler("1.jpg", "2.jpg", titles=titles))

    assert (score.recall, score.titles) == (1, 0.5)


def test_takes_another_file_of_the_same_size_as_well(tmp_path: Path) -> None:
    thumb = hashlib.sha256(BODIES["thumb.jpg"]).hexdigest()
    either = Truth((Offer(1, "none", (thumb,), "/1.avif", 10, 10, ()),), 1, 0)
    site = tmp_path / "site"
    site.mkdir()
    (site / "thumb.jpg").write_bytes(BODIES["thumb.jpg"])

    with served_folder(site) as served:
        score = measure(crawler("thumb.jpg"), served, "/", either, tmp_path / "crawl")

    assert (score.recall, score.precision) == (1, 1)


def test_allows_pages_downloads_and_ten_probes() -> None:
    assert allowed_requests(TRUTH) == 1 + 2 + 10


def row(recall: float, requests: int = 3, *, script: bool = False) -> Row:
    gallery = Gallery("g", "a gallery", Needs(), lambda _: None, is_script_only=script)
    score = Score(recall, 1.0, None, Spent(1, requests - 1, 0))
    return Row(gallery, "software 1.0", TRUTH, {"ours": score})


def test_says_which_bars_are_reached() -> None:
    text = report([row(1.0), row(0.7, requests=99)], {"h": "npm failed: no such version"})

    assert "mean recall 0.850, bar 0.97: NOT reached" in text
    assert "mean precision 1.000, bar 0.97: reached" in text
    assert "recall under 0.8: g" in text
    assert "more requests than allowed: g" in text
    assert "h is missing: npm failed: no such version" in text


def test_holds_no_gallery_to_the_bars_that_needs_a_browser() -> None:
    text = report([row(1.0), row(0.0, script=True)], {})

    assert "mean recall 1.000, bar 0.97: reached" in text


def test_reads_titles_from_the_feed(tmp_path: Path) -> None:
    ours = crawlers(tmp_path)[0]
    item = {"title": "A", "images": [{"sha256": "00"}, {"sha256": None}]}
    (tmp_path / "wallpapers.json").write_text(json.dumps([item]))

    assert ours.titles(tmp_path) == {"00": "A"}
