"""The pictures of the benchmarks."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.gallery.pages import listings_of, picture_addresses, write_pages
from benchmarks.gallery.picture_sets import SETS
from spiders_project.pages.page import Page
from spiders_project.pages.sites.moyublog import Moyublog

SMALL = SETS["50KB"]


@pytest.mark.parametrize(
    ("name", "size", "least", "most"),
    [
        ("50KB", (800, 500), 45_000, 60_000),
        ("500KB", (1920, 1080), 430_000, 600_000),
        ("3MB", (3840, 2160), 2_500_000, 3_500_000),
    ],
)
def test_pictures_have_their_size(name: str, size: tuple[int, int], least: int, most: int) -> None:
    jpeg = SETS[name].jpeg(7)
    assert Image.open(io.BytesIO(jpeg)).size == size
    assert least < len(jpeg) < most


def test_a_picture_is_the_same_on_every_day_and_like_no_other() -> None:
    assert SMALL.jpeg(1) == SMALL.jpeg(1)
    assert len({SMALL.jpeg(number) for number in range(1, 9)}) == 8


def test_makes_what_is_missing_only(tmp_path: Path) -> None:
    first = SMALL.make(tmp_path, 2)
    first[0].write_bytes(b"kept")
    files = SMALL.make(tmp_path, 3)
    assert files[0].read_bytes() == b"kept"
    digests = {hashlib.sha256(file.read_bytes()).digest() for file in files}
    assert len(digests) == len(list(tmp_path.iterdir())) == 3


def test_our_site_file_reads_every_picture_of_the_gallery(tmp_path: Path) -> None:
    category = write_pages(tmp_path, SMALL, 60)
    root = "http://127.0.0.1:1"
    site = Moyublog(root)
    cards = []
    for number in range(1, listings_of(60) + 1):
        address = site.listing_url(category, number)
        cards += site.read_listing(_page(tmp_path, root, address)).cards
    details = [site.read_detail(_page(tmp_path, root, card)) for card in cards]
    addresses = [url for detail in details for url in detail.image_urls]
    assert addresses == picture_addresses(root, SMALL, 60)
    assert len({detail.title for detail in details}) == 60


def _page(folder: Path, root: str, address: str) -> Page:
    return Page(address, (folder / address.removeprefix(f"{root}/")).read_bytes())
