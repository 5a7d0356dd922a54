"""Dominant colours, and the colours of thumbnails whatever the colour space of the file."""

from collections.abc import Callable

import numpy as np
import pytest
import simplejpeg
from PIL import Image, ImageCms

from spiders_project.media.inspect import Inspection, inspect_picture
from tests.media.looks import Colour, far, named, pixel, thumbnail_of
from tests.media.profiles import adobe_rgb, display_p3
from tests.media.samples import deep_grey, drawing, encoded, encoded_frames

BOX = {"small": (100, 100)}
RED, BLUE, YELLOW, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 0), (255, 255, 255)
ORANGE = (200, 100, 50)


def flag(*stripes: tuple[Colour, int], size: tuple[int, int] = (300, 200)) -> Image.Image:
    """Return stripes from left to right, each with its share of the width in percent."""
    picture, left = Image.new("RGB", size), 0
    for colour, percent in stripes:
        right = left + size[0] * percent // 100
        picture.paste(colour, (left, 0, right, size[1]))
        left = right
    return picture


def seen(picture: Image.Image, picture_format: str = "PNG", **options: object) -> Inspection:
    return inspect_picture(encoded(picture, picture_format, **options), boxes=BOX)


def assert_named(colours: tuple[str, ...], *expected: Colour, tolerance: int = 12) -> None:
    assert len(colours) == len(expected), colours
    for colour, wanted in zip(colours, expected, strict=True):
        assert far(named(colour), wanted) <= tolerance, colours


# --- dominant colours --------------------------------------------------------


@pytest.mark.parametrize("colour", [RED, (1, 2, 3), (250, 250, 250), (17, 130, 99)])
def test_picture_of_one_colour_has_that_colour(colour: Colour) -> None:
    assert seen(Image.new("RGB", (90, 60), colour)).colours == (f"#{bytes(colour).hex()}",)


@pytest.mark.parametrize("picture_format", ["PNG", "JPEG", "WEBP", "AVIF", "GIF", "TIFF", "BMP"])
def test_colours_come_with_the_largest_share_first(picture_format: str) -> None:
    picture = flag((YELLOW, 20), (BLUE, 50), (RED, 30))
    colours = seen(picture, picture_format).colours
    assert_named(colours[:3], BLUE, RED, YELLOW, tolerance=40)


def test_there_are_five_colours_at_most() -> None:
    stripes = [(RED, 32), (BLUE, 22), (YELLOW, 16), (WHITE, 12)]
    stripes += [((0, 255, 0), 9), ((0, 0, 0), 5), ((128, 0, 128), 4)]
    assert_named(seen(flag(*stripes)).colours, RED, BLUE, YELLOW, WHITE, (0, 255, 0))


def test_shades_of_a_colour_count_as_one() -> None:
    shades = [((200 + n, 40 + n, 40), 20) for n in (-12, -6, 0, 6, 12)]
    assert_named(seen(flag(*shades)).colours, (200, 40, 40), tolerance=16)


def test_a_speck_is_no_dominant_colour() -> None:
    picture = Image.new("RGB", (400, 400), BLUE)
    picture.paste(RED, (0, 0, 12, 12))
    assert seen(picture).colours == ("#0000ff",)


def test_transparent_places_are_white() -> None:
    picture = Image.new("RGBA", (90, 90), (255, 0, 0, 0))
    picture.paste((0, 0, 255, 255), (0, 0, 90, 30))
    assert_named(seen(picture).colours, WHITE, BLUE)


def test_grey_pictures_have_grey_colours() -> None:
    for colour in seen(drawing("L", (80, 60)), "JPEG").colours:
        red, green, blue = named(colour)
        assert red == green == blue


def test_colours_are_those_of_the_first_frame() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in (RED, BLUE)]
    assert inspect_picture(encoded_frames(frames, "GIF")).colours == ("#ff0000",)


# --- colour profiles ---------------------------------------------------------

PROFILED = ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"]
MakeProfile = Callable[[], bytes]


@pytest.mark.parametrize("picture_format", PROFILED)
@pytest.mark.parametrize(
    ("profile", "expected"),
    [(display_p3, (215, 93, 31)), (adobe_rgb, (230, 99, 45))],
    ids=["Display P3", "Adobe RGB"],
)
def test_wide_colours_become_those_of_the_web(
    picture_format: str, profile: MakeProfile, expected: Colour
) -> None:
    picture = seen(Image.new("RGB", (90, 60), ORANGE), picture_format, icc_profile=profile())
    assert far(pixel(thumbnail_of(picture), 0.5, 0.5), expected) <= 8
    assert far(named(picture.colours[0]), expected) <= 8


@pytest.mark.parametrize("picture_format", PROFILED)
def test_srgb_stays_as_it_is(picture_format: str) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = seen(Image.new("RGB", (90, 60), ORANGE), picture_format, icc_profile=srgb)
    assert far(pixel(thumbnail_of(picture), 0.5, 0.5), ORANGE) <= 4


@pytest.mark.parametrize("picture_format", PROFILED)
def test_profile_of_an_animation_or_of_16_bits_is_no_obstacle(picture_format: str) -> None:
    if picture_format in ("PNG", "TIFF"):
        assert seen(deep_grey((90, 60)), picture_format, icc_profile=display_p3()).width == 90
    if picture_format in ("PNG", "WEBP", "AVIF"):
        frames = [Image.new("RGB", (40, 40), colour) for colour in (ORANGE, BLUE)]
        body = encoded_frames(frames, picture_format, icc_profile=display_p3())
        shown = pixel(thumbnail_of(inspect_picture(body, boxes=BOX)), 0.5, 0.5)
        assert far(shown, (215, 93, 31)) <= 8


@pytest.mark.parametrize(
    "broken", [b"nonsense", display_p3()[:200], display_p3()[:-40], b"\0" * 500]
)
def test_broken_profile_is_ignored(broken: bytes) -> None:
    picture = seen(Image.new("RGB", (90, 60), ORANGE), "JPEG", icc_profile=broken)
    assert far(pixel(thumbnail_of(picture), 0.5, 0.5), ORANGE) <= 4


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_profile_of_other_pixels_is_ignored(mode: str) -> None:
    grey = Image.new("RGB", (90, 60), (90, 90, 90)).convert(mode)
    picture = seen(grey, "JPEG", icc_profile=display_p3())
    assert far(pixel(thumbnail_of(picture), 0.5, 0.5), (90, 90, 90)) <= 4


# --- other kinds of pixels ---------------------------------------------------


def ycck(picture: Image.Image) -> bytes:
    """Return a JPEG as Photoshop writes it: CMYK, inverted, and coded like YCbCr."""
    inverted = 255 - np.asarray(picture.convert("CMYK"))
    body = simplejpeg.encode_jpeg(np.ascontiguousarray(inverted), 95, "CMYK", "420")
    assert simplejpeg.decode_jpeg_header(body)[2] == "YCCK"
    return bytes(body)


def assert_looks_like(picture: Inspection, original: Image.Image, tolerance: int = 24) -> None:
    thumbnail = thumbnail_of(picture)
    for place in ((0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9), (0.5, 0.5)):
        shown, expected = pixel(thumbnail, *place), pixel(original, *place)
        assert far(shown, expected) <= tolerance, place


@pytest.mark.parametrize("size", [(80, 60), (800, 600)], ids=["small", "large"])
def test_cmyk_is_shown_in_right_colours(size: tuple[int, int]) -> None:
    original = drawing(size=size)
    for body in (encoded(original.convert("CMYK"), "JPEG", quality=95), ycck(original)):
        assert_looks_like(inspect_picture(body, boxes=BOX), original)


def test_cmyk_tiff_is_shown_in_right_colours() -> None:
    original = drawing(size=(80, 60))
    assert_looks_like(seen(original.convert("CMYK"), "TIFF"), original)


@pytest.mark.parametrize("picture_format", ["PNG", "TIFF"])
def test_16_bits_of_colour_are_shown(picture_format: str) -> None:
    grey = seen(deep_grey((400, 80)), picture_format)
    left, right = (pixel(thumbnail_of(grey), x, 0.5)[0] for x in (0.05, 0.95))
    assert left < 30
    assert right > 225


def test_floating_point_tiff_is_shown_from_black_to_white() -> None:
    values = np.linspace(-3.0, 70.0, 300, dtype=np.float32).reshape(1, -1).repeat(60, axis=0)
    picture = seen(Image.fromarray(values), "TIFF")
    left, middle, right = (pixel(thumbnail_of(picture), x, 0.5)[0] for x in (0.02, 0.5, 0.98))
    assert left < 16
    assert 110 < middle < 145
    assert right > 240
