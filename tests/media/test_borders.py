"""Plain borders around a picture are left out, and nothing that belongs to it."""

import pytest
from PIL import Image, ImageDraw, ImageOps

from spiders_project.media.borders import without_borders

SIZE = (240, 160)


def scene(mode: str = "RGB") -> Image.Image:
    """Return a picture that has no plain line at any edge."""
    down, across = Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90)
    grey = Image.blend(down, across, 0.5).resize(SIZE).point(lambda level: 60 + level * 0.6)
    return grey.convert(mode)


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("colour", ["black", "white"])
@pytest.mark.parametrize("sides", [(5, 5, 5, 5), (0, 30, 0, 30), (40, 0, 20, 0), (0, 0, 0, 12)])
def test_border_is_left_out(mode: str, colour: str, sides: tuple[int, int, int, int]) -> None:
    inside = without_borders(ImageOps.expand(scene(mode), sides, colour))
    lost = SIZE[0] - inside.width, SIZE[1] - inside.height
    assert all(0 <= pixels <= 2 for pixels in lost)  # the line between belongs to neither


def test_picture_without_borders_stays_as_it_is() -> None:
    picture = scene()
    assert without_borders(picture) is picture


def night_sky() -> Image.Image:
    picture = Image.new("RGB", SIZE)
    sheet = ImageDraw.Draw(picture)
    sheet.polygon([(0, 160), (0, 110), (120, 80), (240, 120), (240, 160)], fill="grey")
    sheet.ellipse((180, 20, 200, 40), fill="white")
    return picture


def thing_on_white() -> Image.Image:
    picture = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(picture).rectangle((80, 50, 160, 120), fill="brown")
    return picture


def card_with_a_line_around() -> Image.Image:
    picture = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(picture).rectangle((10, 10, 229, 149), outline="black", width=3)
    return picture


def half_black() -> Image.Image:
    picture = scene()
    picture.paste("black", (0, 0, 240, 80))
    return picture


def blue_border() -> Image.Image:
    return ImageOps.expand(scene(), 20, "steelblue")


@pytest.mark.parametrize(
    "picture",
    [
        *(night_sky(), thing_on_white(), card_with_a_line_around(), half_black(), blue_border()),
        *(Image.new("RGB", SIZE), Image.new("L", SIZE, 255), Image.new("L", (1, 1))),
    ],
    ids=["night", "thing", "card", "half", "blue", "black", "white", "pixel"],
)
def test_what_is_no_border_stays(picture: Image.Image) -> None:
    assert without_borders(picture) is picture
