"""The difficult albums of the demo: their table, their pages, their hosts."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from urllib.parse import urljoin, urlsplit

from spiders_project.demo.catalogue import CATEGORIES
from spiders_project.demo.difficulties.table import ALBUMS, HARD_PICTURES, documentation
from spiders_project.pages.sites.demo import Demo
from tests.demo.visitor import Visitor, is_whole, visit


def test_manifest_has_every_picture_with_its_promise() -> None:
    async def steps(visitor: Visitor) -> None:
        entries = json.loads(await visitor.text("/difficulties.json"))
        names = {"category", "title", "page_url", "url", "outcome", "reason", "sha256"}
        assert all(set(entry) == names for entry in entries)
        assert [(entry["category"], entry["title"], entry["outcome"]) for entry in entries] == [
            (hard.picture.category, hard.difficulty.title, hard.difficulty.promise.outcome)
            for hard in HARD_PICTURES
        ]
        for entry in entries:
            is_stored = entry["outcome"] in ("downloaded", "duplicate")
            assert bool(entry["sha256"]) == is_stored
            assert bool(entry["reason"]) == (not is_stored)

    visit(steps)


def test_same_bytes_are_only_where_they_are_the_difficulty() -> None:
    async def steps(visitor: Visitor) -> None:
        entries = json.loads(await visitor.text("/difficulties.json"))
        times = Counter(entry["sha256"] for entry in entries if entry["sha256"])
        assert sorted(count for count in times.values() if count > 1) == [2, 3]

    visit(steps)


def test_site_file_knows_the_albums_and_leaves_them_out_by_default() -> None:
    hard = {album.category.slug: album.category.title for album in ALBUMS}
    beautiful = {category.slug: category.title for category in CATEGORIES}

    assert Demo.categories == beautiful | hard
    assert Demo.default_categories == tuple(beautiful)


def test_front_page_leads_there_from_its_foot_only() -> None:
    async def steps(visitor: Visitor) -> None:
        top, _, foot = (await visitor.text("/")).partition('<footer class="site">')
        assert not [album for album in ALBUMS if album.category.slug in top]
        assert 'href="/difficulties.html"' in foot
        overview = await visitor.text("/difficulties.html")
        for album in ALBUMS:
            assert f'href="/{album.category.slug}/index.html"' in overview

    visit(steps)


def test_documentation_has_one_line_for_each_difficulty() -> None:
    assert len(documentation()) - 2 == len(
        {(hard.picture.category, hard.difficulty.what) for hard in HARD_PICTURES}
    )


def test_listings_and_pages_have_the_markup_of_the_gallery() -> None:
    async def steps(visitor: Visitor) -> None:
        for album in ALBUMS:
            listing = await visitor.text(f"/{album.category.slug}/index.html")
            count = min(len(album.difficulties), album.page_size)
            assert listing.count('<li class="card"><a class="card-link" href="') == count
        for hard in HARD_PICTURES:
            page = await visitor.text(hard.picture.page_path)
            assert page.count('<figure><a class="original" href="') == 1

    visit(steps)


def test_previews_are_whole_whatever_the_original_is() -> None:
    async def steps(visitor: Visitor) -> None:
        for hard in HARD_PICTURES:
            reply = await visitor.get(hard.picture.copy_path("previews"))
            assert is_whole(reply.body), hard.picture.slug

    visit(steps)


def test_links_are_written_in_every_form() -> None:
    async def steps(visitor: Visitor) -> None:
        first = await visitor.text("/hard-links/index.html")
        forms = re.findall(r'class="card-link" href="([^"]+)"', first)
        assert [form.partition("hard-links")[0] for form in forms] == [
            "./../",
            "/",
            visitor.url.removeprefix("http:") + "/",
        ]
        page = await visitor.text("/hard-links/base.html")
        assert re.search(r'<base href="//localhost:\d+/originals/hard-links/">', page)
        assert 'class="original" href="base.jpg"' in page

    visit(steps)


def test_last_listing_has_a_base_and_links_to_itself() -> None:
    async def steps(visitor: Visitor) -> None:
        last = await visitor.text("/hard-links/index_2.html")
        base = re.search(r'<base href="([^"]+)">', last)
        following = re.search(r'rel="next" href="([^"]+)"', last)
        assert base
        assert following
        start = urljoin(visitor.url, base[1])
        assert urljoin(start, following[1]) == f"{visitor.url}/hard-links/index_2.html"
        assert (await visitor.get("/hard-links/index_3.html")).status == 404

    visit(steps)


def test_calendar_has_no_end_and_no_news() -> None:
    async def steps(visitor: Visitor) -> None:
        shown = set()
        for number in (1, 2, 1000):
            name = "index.html" if number == 1 else f"index_{number}.html"
            page = await visitor.text(f"/calendar/{name}")
            assert f'rel="next" href="index_{number + 1}.html"' in page
            shown.add(tuple(re.findall(r'class="card-link" href="([^"]+)"', page)))
        assert len(shown) == 1

    visit(steps)


def test_each_host_has_its_robots_txt() -> None:
    async def steps(visitor: Visitor) -> None:
        assert "Disallow: /forbidden/" in await visitor.text("/robots.txt")
        urls = {
            entry["page_url"].rpartition("/")[2]: entry["url"]
            for entry in json.loads(await visitor.text("/difficulties.json"))
        }
        ailing = await visitor.get(urljoin(urls["ailing-1.html"], "/robots.txt"))
        unhurried = await visitor.get(urljoin(urls["unhurried-1.html"], "/robots.txt"))
        assert ailing.status == 503
        assert b"Crawl-delay: 1\n" in unhurried.body
        assert is_whole((await visitor.get(urls["unhurried-1.html"])).body)

    visit(steps)


def test_times_are_kept_by_address_and_of_neighbours_too() -> None:
    async def steps(visitor: Visitor) -> None:
        entries = json.loads(await visitor.text("/difficulties.json"))
        (slow,) = (entry["url"] for entry in entries if entry["title"] == "Slow Dawn")
        before = time.time()
        await visitor.get(slow)
        await visitor.get(f"{visitor.pictures}/favicon.ico")
        times = json.loads(await visitor.text("/times.json"))
        assert before <= times[slow][0] <= times[f"{visitor.pictures}/favicon.ico"][0]
        assert urlsplit(slow).path not in json.loads(await visitor.text("/requests.json"))
        await visitor.get("/requests.json/reset", method="POST")
        assert json.loads(await visitor.text("/times.json")) == {}

    visit(steps)
