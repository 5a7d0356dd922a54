"""Saved pages of galleries that software of others has made of pictures that are known."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from spiders_project.pages.generic.reader import read
from spiders_project.pages.generic.values import Card, Kind, Picture, Reading
from spiders_project.pages.page import Page

FOLDER = Path(__file__).parents[2] / "fixtures" / "galleries" / "built"


@dataclass(frozen=True)
class Saved:
    """A saved page, and what is known of it."""

    gallery: str
    known: Any

    def __str__(self) -> str:
        return f"{self.gallery}-{self.known['file'].removesuffix('.html')}"

    @property
    def page(self) -> Page:
        body = (FOLDER / self.gallery / self.known["file"]).read_bytes()
        return Page(self.known["url"], body, self.known["content_type"])


@cache
def pages_of(gallery: str) -> tuple[Saved, ...]:
    manifest = json.loads((FOLDER / gallery / "manifest.json").read_text(encoding="utf-8"))
    return tuple(Saved(gallery, each) for each in manifest["pages"])


@cache
def reading_of(gallery: str, file: str) -> Reading:
    """Read a page as a crawl does: a detail page after the listing that leads to it."""
    (saved,) = (each for each in pages_of(gallery) if each.known["file"] == file)
    if not saved.known["is_detail"]:
        return read(saved.page)
    cards = [card for each in listings(gallery) for card in reading_of(gallery, each).cards]
    came_from = next((card for card in cards if same(card.url, saved.known["url"])), None)
    siblings = [card.url for card in cards if came_from and card.shape == came_from.shape]
    return read(saved.page, came_from, siblings)


def listings(gallery: str) -> list[str]:
    return [each.known["file"] for each in pages_of(gallery) if not each.known["is_detail"]]


GALLERIES = sorted(each.name for each in FOLDER.iterdir())
ALL = [saved for gallery in GALLERIES for saved in pages_of(gallery)]
LISTINGS = [saved for saved in ALL if not saved.known["is_detail"] and saved.known["pictures"]]
DETAILS = [saved for saved in ALL if saved.known["is_detail"]]


MISSES = {
    "every picture": {
        "hexo-butterfly-start": "addresses in JSON within a hidden element",
        "hexo-butterfly-listing": "addresses in JSON within a hidden element",
        "prosopopee-listing": "a picture as wide as the page, with nothing around it",
        "prosopopee-album": "a picture as wide as the page, with nothing around it",
    },
    "the original": {},
}
"""What the reader is known to get wrong; a line that is right by now fails."""


def cases(saved: list[Saved], misses: str) -> list[Any]:
    """Return pages, those that are known to be read wrong marked as such."""
    known = MISSES[misses]
    return [
        pytest.param(
            each,
            id=str(each),
            marks=pytest.mark.xfail(reason=known[str(each)], strict=True)
            if str(each) in known
            else (),
        )
        for each in saved
    ]


def same(one: str, other: str) -> bool:
    return unquote(one) == unquote(other)


def among(url: str, others: list[str]) -> bool:
    return any(same(url, other) for other in others)


def offered(reading: Reading) -> list[Picture]:
    """Return all pictures of a page, those of its cards among them."""
    return [*reading.pictures, *(card.picture for card in reading.cards)]


def leads_to(card: Card, picture: Any) -> bool:
    return among(card.url, [*picture["originals"], *picture["details"], *picture["copies"]])


def is_of(picture: Picture, known: Any) -> bool:
    urls = [*known["originals"], *known["copies"]]
    return any(among(candidate.url, urls) for candidate in picture.candidates)


@pytest.mark.parametrize("saved", cases(LISTINGS, "every picture"))
def test_finds_every_picture_of_a_listing(saved: Saved) -> None:
    reading = reading_of(saved.gallery, saved.known["file"])

    missed = [
        known["originals"]
        for known in saved.known["pictures"]
        if known["names_original"] or known["details"]  # the others are covers of albums
        if not any(leads_to(card, known) for card in reading.cards)
        and not any(is_of(picture, known) for picture in offered(reading))
    ]

    assert missed == []


@pytest.mark.parametrize("saved", LISTINGS, ids=str)
def test_finds_nothing_else_on_a_listing(saved: Saved) -> None:
    reading = reading_of(saved.gallery, saved.known["file"])
    known = saved.known["pictures"]

    strangers = [
        card.url
        for card in reading.cards
        if not any(leads_to(card, each) for each in known)
        and not among(card.url, saved.known["others"])
    ]
    strangers += [
        picture.candidates[0].url
        for picture in reading.pictures
        if not any(is_of(picture, each) for each in known)
    ]

    assert strangers == []


@pytest.mark.parametrize("saved", cases(ALL, "the original"))
def test_puts_the_original_first_or_doubts(saved: Saved) -> None:
    reading = reading_of(saved.gallery, saved.known["file"])

    wrong = [
        (known["originals"], picture.candidates[0].url)
        for known in saved.known["pictures"]
        for picture in offered(reading)
        if known["names_original"] and is_of(picture, known)
        if not among(picture.candidates[0].url, known["originals"])
        if not (picture.is_doubtful and has(picture, known["originals"]))
    ]

    assert wrong == []


def has(picture: Picture, urls: list[str]) -> bool:
    return any(among(candidate.url, urls) for candidate in picture.candidates)


@pytest.mark.parametrize("saved", DETAILS, ids=str)
def test_knows_a_detail_page_and_its_picture_alone(saved: Saved) -> None:
    reading = reading_of(saved.gallery, saved.known["file"])
    (known,) = saved.known["pictures"]

    assert Kind.DETAIL in reading.kinds
    assert [is_of(picture, known) for picture in reading.pictures] == [True]


@pytest.mark.parametrize("saved", [each for each in ALL if each.known["further"]], ids=str)
def test_finds_further_pages_and_no_others(saved: Saved) -> None:
    reading = reading_of(saved.gallery, saved.known["file"])

    following = saved.known["following"]
    assert [url for url in reading.next_pages if not among(url, saved.known["further"])] == []
    assert any(among(url, following) for url in reading.next_pages) or not following


@pytest.mark.parametrize("saved", [each for each in LISTINGS if not each.known["further"]], ids=str)
def test_finds_no_further_page_where_there_is_none(saved: Saved) -> None:
    reading = reading_of(saved.gallery, saved.known["file"])

    assert reading.next_pages == ()
