"""The pictures of the demo site: all different, each found again when it was made smaller."""

from dataclasses import replace

import pytest
from PIL import Image

from spiders_project.demo.art.finish import develop
from spiders_project.demo.art.scenes import SCENES
from spiders_project.demo.catalogue import PICTURES
from spiders_project.demo.picture import DemoPicture
from spiders_project.media.fingerprint import fingerprint
from spiders_project.media.likeness import LikenessIndex

FLAT = {"candy-maze"}
"""Lines so regular that nothing is left of them in a small picture."""


def painted(picture: DemoPicture) -> Image.Image:
    width, height = (side // 4 for side in picture.brief.size)
    brief = replace(picture.brief, size=(width, height))
    return develop(SCENES[brief.scene](brief)).convert("RGB")


@pytest.fixture(scope="module")
def paintings() -> dict[str, Image.Image]:
    return {picture.slug: painted(picture) for picture in PICTURES}


@pytest.fixture(scope="module")
def prints(paintings: dict[str, Image.Image]) -> dict[str, str]:
    found = {slug: fingerprint(image) for slug, image in paintings.items()}
    return {slug: each for slug, each in found.items() if each}


def index_of(prints: dict[str, str]) -> LikenessIndex:
    index = LikenessIndex()
    index.extend(range(len(prints)), list(prints.values()))
    return index


def test_all_but_the_flat_ones_have_a_fingerprint(
    paintings: dict[str, Image.Image], prints: dict[str, str]
) -> None:
    assert set(paintings) - set(prints) == FLAT


def test_no_two_are_alike(prints: dict[str, str]) -> None:
    index = index_of(prints)
    for key, each in enumerate(prints.values()):
        assert [match.key for match in index.matches(each)] == [key]


def test_each_is_found_when_it_is_half_as_large(
    paintings: dict[str, Image.Image], prints: dict[str, str]
) -> None:
    index = index_of(prints)
    for key, slug in enumerate(prints):
        image = paintings[slug]
        smaller = fingerprint(image.resize((image.width // 2, image.height // 2)))
        assert smaller is not None
        match = index.closest(smaller)
        assert match is not None
        assert match.key == key
