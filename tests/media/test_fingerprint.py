"""Fingerprints: the same for the same picture, far apart for others, none for flat ones."""

import math
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from spiders_project.media.fingerprint import (
    COARSE_BITS,
    COLOUR_BITS,
    SHAPE_BITS,
    STRUCTURE_BITS,
    fingerprint,
)

SIZE = (320, 200)


def landscape(number: int = 0, size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a sun over hills; another number has other hills, stones and another sun."""
    sky = Image.linear_gradient("L").resize((640, 400))
    image = Image.composite(
        Image.new("RGB", sky.size, "peachpuff"), Image.new("RGB", sky.size, "steelblue"), sky
    )
    sheet = ImageDraw.Draw(image)
    x, y = 120 + 90 * number, 90 + 30 * number
    sheet.ellipse((x - 50, y - 50, x + 50, y + 50), fill="gold")
    for row, colour in enumerate(("olivedrab", "darkolivegreen", "sienna")):
        waves = [
            (x, 220 + 50 * row + 40 * math.sin(x / (60 + 31 * row) + 1.3 * row + 2.1 * number))
            for x in range(0, 641, 8)
        ]
        sheet.polygon([*waves, (640, 400), (0, 400)], fill=colour)
    for stone in range(14):
        x, y = (97 * stone + 211 * number) % 640, 300 + (37 * stone) % 90
        sheet.ellipse((x - 16, y - 8, x + 16, y + 8), fill=("linen", "dimgray")[stone % 2])
    return image.resize(size)


def bits(picture: Image.Image) -> int:
    found = fingerprint(picture)
    assert found is not None
    return int(found, 16)


def structure_apart(one: Image.Image, other: Image.Image) -> int:
    return ((bits(one) ^ bits(other)) >> (COLOUR_BITS + SHAPE_BITS)).bit_count()


def colour_apart(one: Image.Image, other: Image.Image) -> int:
    mask = (1 << COLOUR_BITS) - 1
    return ((bits(one) ^ bits(other)) >> SHAPE_BITS & mask).bit_count()


def shape(picture: Image.Image) -> int:
    return bits(picture) & 0xFF


def as_jpeg(picture: Image.Image, quality: int) -> Image.Image:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer)


def decoded_small(picture: Image.Image) -> Image.Image:
    image = as_jpeg(picture, quality=90)
    image.draft("RGB", (80, 50))
    return image


def test_has_64_lower_case_hex_digits() -> None:
    found = fingerprint(landscape())
    assert found is not None
    assert len(found) * 4 == STRUCTURE_BITS + COLOUR_BITS + SHAPE_BITS == 256
    assert found == found.lower() == f"{int(found, 16):064x}"


def test_is_the_same_on_every_machine() -> None:
    """Drawn without decoder and resampling, so that only our own arithmetic can change it."""
    picture = Image.new("RGB", (32, 32))
    picture.putdata(
        [(x * x % 251, y * x % 241, (y * y + 7 * x) % 239) for y in range(32) for x in range(32)]
    )
    assert (
        fingerprint(picture) == "0039eec85939e2c6ffc61137a6c61d3143e4068ced62a8374c04b105a98ec480"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda picture: picture.resize((160, 100)),
        lambda picture: picture.resize((640, 400), Image.Resampling.BICUBIC),
        lambda picture: picture.resize((1600, 1000), Image.Resampling.NEAREST),
        lambda picture: as_jpeg(picture, quality=30),
        lambda picture: as_jpeg(picture.resize((80, 50)), quality=40),
        lambda picture: ImageEnhance.Brightness(picture).enhance(0.9),
        lambda picture: ImageEnhance.Contrast(picture).enhance(1.1),
        decoded_small,
    ],
)
def test_changes_little_with(change: Callable[[Image.Image], Image.Image]) -> None:
    assert structure_apart(landscape(), change(landscape())) <= 8
    assert colour_apart(landscape(), change(landscape())) <= 3
    assert abs(shape(landscape()) - shape(change(landscape()))) <= 1


@pytest.mark.parametrize(
    "other",
    [
        landscape(1),
        ImageOps.mirror(landscape()),
        ImageOps.flip(landscape()),
        landscape().rotate(180),
        ImageOps.invert(landscape()),
    ],
    ids=["another part", "mirrored", "upside down", "turned", "inverted"],
)
def test_another_picture_has_another(other: Image.Image) -> None:
    assert structure_apart(landscape(), other) > 40


def test_coarse_bits_tell_pictures_apart_too() -> None:
    apart = (bits(landscape()) ^ bits(landscape(1))) >> (256 - COARSE_BITS)
    assert apart.bit_count() > 15


def test_grey_picture_has_the_structure_of_the_coloured_one() -> None:
    grey = landscape().convert("L")
    assert structure_apart(landscape(), grey) <= 8
    assert colour_apart(landscape(), grey) > 7


def test_picture_in_other_colours_differs_in_colour_only() -> None:
    luma, blue, red = landscape().convert("YCbCr").split()
    other = Image.merge("YCbCr", (luma, ImageOps.invert(red), blue)).convert("RGB")
    assert structure_apart(landscape(), other) <= 8
    assert colour_apart(landscape(), other) > 7


def test_shape_is_width_against_height() -> None:
    assert shape(landscape(size=(200, 200))) == 128
    assert shape(landscape(size=(400, 200))) == 160
    assert shape(landscape(size=(200, 400))) == 96
    assert abs(shape(landscape(size=(320, 180))) - shape(landscape(size=(320, 200)))) > 3


@pytest.mark.parametrize("size", [(32, 3200), (3200, 32)])
def test_even_a_ribbon_has_one(size: tuple[int, int]) -> None:
    ribbon = landscape().resize(size)
    assert fingerprint(ribbon) is not None


@pytest.mark.parametrize("border", ["black", "white", (20, 16, 18)])
@pytest.mark.parametrize("sides", [(8, 8), (30, 0), (0, 40), (20, 30)])
def test_borders_are_left_out(border: str | tuple[int, int, int], sides: tuple[int, int]) -> None:
    bordered = as_jpeg(ImageOps.expand(landscape(), sides, border), quality=80)
    assert structure_apart(landscape(), bordered) <= 17
    assert abs(shape(landscape()) - shape(bordered)) <= 2


def flat_pictures() -> dict[str, Image.Image]:
    down = Image.linear_gradient("L").resize(SIZE)
    return {
        "one colour": Image.new("RGB", SIZE, "teal"),
        "grey": Image.new("L", SIZE, 128),
        "black": Image.new("RGB", SIZE),
        "black in a white frame": ImageOps.expand(Image.new("RGB", SIZE), 20, "white"),
        "a gradient": Image.merge("RGB", (down, down, Image.new("L", SIZE, 200))),
        "a round gradient": Image.radial_gradient("L").resize(SIZE),
        "noise": Image.effect_noise(SIZE, 20),
        "a chequered ground": checks(),
    }


def checks() -> Image.Image:
    tile = Image.new("L", (16, 16), 204)
    tile.paste(255, (0, 0, 8, 8))
    tile.paste(255, (8, 8, 16, 16))
    picture = Image.new("L", SIZE)
    for x in range(0, SIZE[0], 16):
        for y in range(0, SIZE[1], 16):
            picture.paste(tile, (x, y))
    return picture


@pytest.mark.parametrize("picture", flat_pictures().values(), ids=flat_pictures())
def test_flat_picture_has_none(picture: Image.Image) -> None:
    assert fingerprint(picture) is None
