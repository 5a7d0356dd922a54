"""Which pages of a site are looked at, and what becomes a declaration."""

import asyncio
from dataclasses import dataclass, field

import pytest

from spiders_project.newsite.describe import CannotDescribe, Declarations, describe
from spiders_project.newsite.samples import Answer, Survey
from spiders_project.newsite.survey import CannotRead, NoGallery, survey
from tests.gallery import picture_bytes

ROOT = "https://gallery.example"


@dataclass
class Site:
    """A site in memory, which counts what is asked for."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, body: str) -> None:
        self.pages[path] = f"<!doctype html><html lang=en><body>{body}</body></html>".encode()

    def put_picture(self, path: str, number: int, size: tuple[int, int] = (160, 120)) -> None:
        self.pages[path] = picture_bytes(number, size=size)

    async def fetch(self, url: str, found_on: str | None) -> Answer:
        path = url.removeprefix(ROOT)
        self.asked.append(path)
        if path not in self.pages:
            raise CannotRead(f"{url} (http-404)")
        return Answer(url, self.pages[path])

    def survey(self, path: str) -> Survey:
        return asyncio.run(survey(ROOT + path, self.fetch))

    def describe(self, path: str) -> Declarations:
        return describe(self.survey(path))


def put_details(site: Site, folder: str, numbers: range, more: str = "", query: str = "") -> None:
    """Make a listing of previews with detail pages, whose originals are linked."""
    cards = ""
    for number in numbers:
        site.put_picture(f"{folder}t/{number}.jpg", number, size=(80, 60))
        site.put_picture(f"{folder}m/{number}.jpg", number, size=(160, 120))
        site.put_picture(f"{folder}o/{number}.jpg", number, size=(640, 480))
        cards += (
            f'<li class="shot"><a href="{folder}{number}.html"><img src="{folder}t/{number}.jpg" '
            f'alt="Heron {number} at dawn"></a></li>'
        )
        site.put(
            f"{folder}{number}.html",
            f'<a href="{folder}">up</a><h1>Heron {number} at dawn</h1><div class="photo">'
            f'<a class="full" href="{folder}o/{number}.jpg"><img src="{folder}m/{number}.jpg" '
            f'alt="Heron {number} at dawn"></a></div><p>Photo by <span class="by">Anna</span></p>',
        )
    site.put(folder + query, f'<h1>Herons</h1><ul class="shots">{cards}</ul>{more}')


def test_listing_with_detail_pages() -> None:
    site = Site()
    put_details(site, "/herons/", range(8))
    found = site.describe("/herons/")
    assert found.address.pattern == "{root}/{category}/"
    assert found.categories == {"herons": "Herons"}
    assert found.card_link == "li.shot a::attr(href)"
    assert found.picture == "a.full::attr(href)"
    assert found.title == "h1"
    assert found.author == "span.by"
    assert found.next_link is None
    assert not found.unreachable


def test_second_listing_is_looked_at_too() -> None:
    site = Site()
    put_details(site, "/herons/", range(8), '<a class="on" href="/herons/?page=2">Next</a>')
    back = '<a class="on" href="/herons/">Back</a>'
    put_details(site, "/herons/", range(8, 12), back, "?page=2")
    seen = site.survey("/herons/")
    assert [each.next_page for each in seen.listings] == [f"{ROOT}/herons/?page=2", None]
    found = describe(seen)
    assert found.next_link == '//a[normalize-space()="Next"]/@href'


def test_albums_of_detail_pages_are_the_categories() -> None:
    site = Site()
    albums = ""
    for name in ("herons", "coots", "elks"):
        put_details(site, f"/a/{name}/", range(6))
        albums += (
            f'<div class="album"><a href="/a/{name}/"><img src="/a/{name}/t/0.jpg" '
            f'alt=""><b>{name.title()}</b></a></div>'
        )
    site.put("/a/", f"<h1>Albums</h1>{albums}")
    found = site.describe("/a/")
    assert found.address.pattern == "{root}/a/{category}/"
    assert found.categories == {"herons": "Herons", "coots": "Coots", "elks": "Elks"}
    assert found.card_link == "li.shot a::attr(href)"


def test_albums_of_files_are_sets_of_pictures() -> None:
    site = Site()
    albums = ""
    for name in ("herons", "coots", "elks"):
        files = ""
        for number in range(5):
            site.put_picture(f"/a/{name}/{number}.jpg", number, size=(640, 480))
            site.put_picture(f"/a/{name}/t{number}.jpg", number, size=(80, 60))
            files += (
                f'<a class="shot" href="/a/{name}/{number}.jpg">'
                f'<img src="/a/{name}/t{number}.jpg" alt=""></a>'
            )
        site.put(f"/a/{name}/", f"<h1>{name.title()}</h1><div>{files}</div>")
        albums += (
            f'<div class="album"><a href="/a/{name}/"><img src="/a/{name}/t0.jpg" alt="">'
            f"<b>{name.title()}</b></a></div>"
        )
    site.put("/a/", f"<h1>Albums</h1>{albums}")
    found = site.describe("/a/")
    assert found.card_link == "div.album a::attr(href)"
    assert found.picture == "a.shot::attr(href)"
    assert found.title == "h1"


def test_costs_few_requests() -> None:
    site = Site()
    put_details(site, "/herons/", range(100))
    site.survey("/herons/")
    assert len(site.asked) == len(set(site.asked))
    assert len(site.asked) <= 1 + 3 + 3 + 9


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>Nothing here</p>", "there is no gallery at"),
        ("<p><a href=/x>x</a> <a href=/y>y</a></p>", "there is no gallery at"),
    ],
)
def test_refuses_what_is_no_gallery(body: str, words: str) -> None:
    site = Site()
    site.put("/", body)
    with pytest.raises(NoGallery, match=words):
        site.survey("/")


def test_refuses_a_picture() -> None:
    site = Site()
    site.put_picture("/1.jpg", 1)
    with pytest.raises(NoGallery, match="is a picture"):
        site.survey("/1.jpg")


def test_refuses_a_listing_of_files_which_needs_no_site_file() -> None:
    site = Site()
    cards = ""
    for number in range(6):
        site.put_picture(f"/{number}.jpg", number)
        site.put_picture(f"/t{number}.jpg", number, size=(80, 60))
        cards += f'<a href="/{number}.jpg"><img src="/t{number}.jpg"></a>'
    site.put("/", cards)
    with pytest.raises(NoGallery, match="no pages of their own"):
        site.survey("/")


def test_says_why_detail_pages_cannot_be_read() -> None:
    site = Site()
    put_details(site, "/herons/", range(8))
    for number in range(8):
        del site.pages[f"/herons/{number}.html"]
    with pytest.raises(NoGallery, match=r"cannot be read: .*http-404"):
        site.survey("/herons/")


def test_refuses_where_no_selector_gives_the_pictures() -> None:
    site = Site()
    put_details(site, "/herons/", range(8))
    for number in range(8):
        site.put(
            f"/herons/{number}.html",
            f"<h1>Heron {number}</h1><script>var photo = "
            f'{{"original": "{ROOT}/herons/o/{number}.jpg"}};</script>',
        )
    with pytest.raises((CannotDescribe, NoGallery)):
        site.describe("/herons/")
