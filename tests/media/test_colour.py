"""Dominant colours, and pictures whose colours are not those of the web."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from spiders_project.media.colour import dominant_colours
from spiders_project.media.inspect import inspect_picture
from tests.media.samples import encoded

RED = (200, 30, 40)
FORMATS_WITH_PROFILES = ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"]


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def is_near(found: str, wanted: tuple[int, int, int], most: int = 12) -> bool:
    return max(abs(a - b) for a, b in zip(rgb(found), wanted, strict=True)) <= most


def plain(mode: str = "RGB", colour: tuple[int, int, int] = RED) -> Image.Image:
    return Image.new("RGB", (80, 60), colour).convert(mode)


def test_names_the_colours_by_their_share() -> None:
    picture = Image.new("RGB", (96, 96), (250, 250, 250))
    picture.paste((10, 20, 120), (0, 0, 96, 30))
    picture.paste((220, 40, 30), (0, 30, 96, 39))
    assert dominant_colours(picture) == ("#fafafa", "#0a1478", "#dc281e")


def test_colours_that_are_alike_are_one() -> None:
    picture = Image.new("RGB", (100, 100), (100, 100, 100))
    picture.paste((110, 104, 96), (0, 0, 100, 50))
    assert len(dominant_colours(picture)) == 1


def test_names_no_more_than_five() -> None:
    picture = Image.new("RGB", (160, 160))
    for number in range(16):
        colour = (number % 4 * 80, number // 4 * 80, number * 97 % 256)
        x, y = number % 4 * 40, number // 4 * 40
        picture.paste(colour, (x, y, x + 40, y + 40))
    assert len(dominant_colours(picture)) == 5


def test_speck_is_no_dominant_colour() -> None:
    picture = Image.new("RGB", (100, 100), "white")
    picture.paste((255, 0, 0), (0, 0, 5, 5))
    assert dominant_colours(picture) == ("#ffffff",)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_smallest_picture_has_a_colour(mode: str) -> None:
    assert len(dominant_colours(Image.new(mode, (1, 1)))) == 1


@pytest.mark.parametrize("picture_format", ["JPEG", "TIFF"])
def test_inks_are_shown_as_they_look(picture_format: str) -> None:
    (found,) = inspect_picture(encoded(plain("CMYK"), picture_format)).colours
    assert is_near(found, RED)


def test_inks_as_brightness_are_shown_as_they_look() -> None:
    """Photoshop writes YCCK: inks stored as pictures are, with black beside them (APP14, 2)."""
    inks = tuple(255 - part for part in RED)
    parts = Image.new("RGB", (80, 60), inks).convert("YCbCr").getpixel((0, 0))
    assert isinstance(parts, tuple)
    stored = Image.new("CMYK", (80, 60), (*(255 - int(part) for part in parts), 0))
    body = bytearray(encoded(stored, "JPEG", quality=95))
    transform = body.index(b"Adobe") + 11
    assert body[transform] == 0
    body[transform] = 2
    (found,) = inspect_picture(bytes(body)).colours
    assert is_near(found, RED)


def swapped_profile() -> bytes:
    """Return a profile that takes red for green: what a screen shows is not what is stored."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132])
    entries = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    profile[red + 4 : red + 12], profile[green + 4 : green + 12] = (
        profile[green + 4 : green + 12],
        profile[red + 4 : red + 12],
    )
    name = "sRGB".encode("utf-16-be")  # what calls itself so is taken for it
    return bytes(profile).replace(name, "odd ".encode("utf-16-be"))


@pytest.mark.parametrize("picture_format", FORMATS_WITH_PROFILES)
def test_profile_is_applied(picture_format: str) -> None:
    body = encoded(plain(), picture_format, icc_profile=swapped_profile())
    picture = inspect_picture(body, boxes={"small": (16, 16)})
    assert is_near(picture.colours[0], (30, 200, 40))
    shown = Image.open(BytesIO(picture.thumbnails["small"])).getpixel((8, 8))
    assert isinstance(shown, tuple)
    assert shown[1] > 150 > shown[0]


@pytest.mark.parametrize("picture_format", FORMATS_WITH_PROFILES)
@pytest.mark.parametrize("profile", [b"no profile at all", swapped_profile()[:200]])
def test_broken_profile_changes_nothing(picture_format: str, profile: bytes) -> None:
    (found,) = inspect_picture(encoded(plain(), picture_format, icc_profile=profile)).colours
    assert is_near(found, RED)


def test_profile_for_other_pixels_changes_nothing() -> None:
    grey = encoded(plain("L"), "JPEG", icc_profile=swapped_profile())
    assert is_near(inspect_picture(grey).colours[0], (82, 82, 82))
