"""Drawn pictures of like mood: cards, screenshots, pages and charts of one template each."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Random = np.random.Generator
Sheet = ImageDraw.ImageDraw
Colour = tuple[int, int, int]

_SIZE = (960, 540)
_TEXT = (
    "harbour river lantern morning quiet walk under the old bridge while rain keeps falling on "
    "slate roofs and every window holds a different evening far from here where nobody counts "
    "hours but bells do and ships return with salt spice letters coffee maps songs"
)
_CARDS = (
    ((20, 30, 48), (240, 230, 200)),
    ((246, 240, 228), (40, 40, 40)),
    ((120, 24, 40), (255, 255, 255)),
)


@dataclass(frozen=True)
class Drawing:
    """A kind of picture: how many there are, and what draws the one with a number."""

    count: int
    draw: Callable[[Random, int], Image.Image]


def _words(random: Random, count: int) -> str:
    return " ".join(random.choice(_TEXT.split(), count))


def _colour(random: Random, low: int = 0, high: int = 255) -> Colour:
    red, green, blue = (int(value) for value in random.integers(low, high, 3))
    return red, green, blue


def _numbers(random: Random, low: int, high: int, count: int) -> list[int]:
    return [int(value) for value in random.integers(low, high, count)]


def _write(sheet: Sheet, at: tuple[float, float], text: str, size: int, ink: Colour) -> None:
    sheet.text(at, text, fill=ink, font=ImageFont.load_default(size))


def _blank(colour: Colour, size: tuple[int, int] = _SIZE) -> tuple[Image.Image, Sheet]:
    image = Image.new("RGB", size, colour)
    return image, ImageDraw.Draw(image)


def _disc(sheet: Sheet, x: float, y: float, radius: float, fill: Colour) -> None:
    sheet.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _card(random: Random, number: int) -> Image.Image:
    """Draw a quotation on one of three grounds, in lines of about the same length."""
    ground, ink = _CARDS[number % 3]
    image, sheet = _blank(ground)
    sheet.rectangle((30, 30, 930, 510), outline=ink, width=3)
    for row in range(4):
        _write(sheet, (110, 120 + 70 * row), _words(random, 6).capitalize(), 38, ink)
    _write(sheet, (640, 440), "- " + _words(random, 2).title(), 26, ink)
    return image


def _article(random: Random, number: int) -> Image.Image:
    """Draw a screenshot of a news page: same frame, another picture, other words."""
    image, sheet = _blank((255, 255, 255))
    sheet.rectangle((0, 0, 960, 48), fill=(30, 60, 120))
    _write(sheet, (20, 12), "The Daily Gallery", 22, (255, 255, 255))
    _write(sheet, (40, 70), _words(random, 6).capitalize(), 32, (20, 20, 20))
    sheet.rectangle((40, 130, 420, 360), fill=_colour(random, 40, 220))
    for _ in range(5):
        x, y = int(random.integers(100, 360)), int(random.integers(190, 300))
        _disc(sheet, x, y, int(random.integers(10, 60)), _colour(random))
    for row in range(22):
        _write(sheet, (450, 130 + 18 * row), _words(random, 9)[:60], 13, (60, 60, 60))
    for row in range(8):
        _write(sheet, (40, 375 + 18 * row), _words(random, 9)[:52], 13, (60, 60, 60))
    return image


def _files(random: Random, number: int) -> Image.Image:
    """Draw a screenshot of a file manager: other names, icons in the same grid."""
    image, sheet = _blank((250, 250, 250))
    sheet.rectangle((0, 0, 960, 40), fill=(225, 225, 225))
    sheet.rectangle((0, 40, 190, 540), fill=(238, 240, 244))
    for row, name in enumerate(("Home", "Desktop", "Pictures", "Music", "Downloads")):
        _write(sheet, (24, 60 + 34 * row), name, 16, (50, 50, 50))
    for place in range(int(random.integers(10, 25))):
        x, y = 220 + 148 * (place % 5), 70 + 94 * (place // 5)
        fill = (90, 150, 220) if random.random() < 0.5 else _colour(random, 60, 240)
        sheet.rounded_rectangle((x + 30, y, x + 94, y + 52), 6, fill=fill)
        _write(sheet, (x + 14, y + 58), _words(random, 2)[:16], 14, (40, 40, 40))
    return image


def _chat(random: Random, number: int) -> Image.Image:
    """Draw a portrait screenshot of a conversation."""
    image, sheet = _blank((24, 34, 44), (540, 960))
    sheet.rectangle((0, 0, 540, 80), fill=(36, 50, 64))
    _write(sheet, (90, 26), _words(random, 2).title(), 24, (255, 255, 255))
    top = 110
    while top < 820:
        lines, is_mine = int(random.integers(1, 4)), random.random() < 0.5
        left, bottom = 160 if is_mine else 24, top + 26 * lines + 24
        fill = (40, 96, 90) if is_mine else (44, 58, 72)
        sheet.rounded_rectangle((left, top, left + 356, bottom), 16, fill=fill)
        for line in range(lines):
            words = _words(random, 5)[:32]
            _write(sheet, (left + 16, top + 10 + 26 * line), words, 20, (235, 235, 235))
        top = bottom + 18
    sheet.rounded_rectangle((20, 880, 520, 936), 26, fill=(44, 58, 72))
    return image


def _page(random: Random, number: int) -> Image.Image:
    """Draw a page of a book: paragraphs of other lengths, the same margins."""
    image, sheet = _blank((244, 240, 230), (720, 1000))
    _write(sheet, (330, 40), str(100 + number), 18, (60, 55, 50))
    top = 80
    while top < 920:
        lines = int(random.integers(2, 9))
        for line in range(lines):
            text = _words(random, 14)[: 30 if line == lines - 1 else 74]
            _write(sheet, (104 if line == 0 else 80, top), text, 16, (40, 36, 32))
            top += 23
        top += 14
    return image


def _chart(random: Random, number: int) -> Image.Image:
    """Draw a bar chart: same axes, other bars."""
    image, sheet = _blank((255, 255, 255))
    _write(sheet, (80, 24), _words(random, 4).capitalize(), 28, (30, 30, 30))
    for line in range(6):
        sheet.line((80, 90 + 76 * line, 900, 90 + 76 * line), fill=(215, 215, 215), width=2)
    for bar, height in enumerate(_numbers(random, 20, 370, 12)):
        left = 100 + 66 * bar
        sheet.rectangle((left, 470 - height, left + 44, 470), fill=(70, 120, 180))
    return image


def _thing(random: Random, number: int) -> Image.Image:
    """Draw a thing in the middle of white: another outline, another colour."""
    image, sheet = _blank((255, 255, 255), (640, 640))
    corners = int(random.integers(5, 12))
    angles = np.sort(random.uniform(0, 2 * math.pi, corners))
    reach = random.uniform(90, 230, corners)
    across, down = 320 + reach * np.cos(angles), 320 + reach * np.sin(angles)
    outline = [(float(x), float(y)) for x, y in zip(across, down, strict=True)]
    sheet.polygon(outline, fill=_colour(random, 20, 200))
    for _ in range(3):
        x, y = _numbers(random, 240, 400, 2)
        _disc(sheet, x, y, int(random.integers(8, 40)), _colour(random, 20, 250))
    return image.filter(ImageFilter.GaussianBlur(1))


def _gradient(random: Random, number: int) -> Image.Image:
    """Draw two colours that run into one another, straight or from the middle."""
    ramp = Image.radial_gradient("L") if number % 4 == 3 else Image.linear_gradient("L")
    turned = ramp.rotate(90 * (number % 4)).resize(_SIZE, Image.Resampling.BICUBIC)
    (one, _), (other, _) = _blank(_colour(random)), _blank(_colour(random))
    return Image.composite(one, other, turned)


def _night(random: Random, number: int) -> Image.Image:
    """Draw the sky over the same hills, a night later: other stars, the moon elsewhere."""
    sky = Image.linear_gradient("L").resize(_SIZE)
    (low, _), (high, _) = _blank((40, 50, 90)), _blank((6, 8, 24))
    image = Image.composite(low, high, sky)
    sheet = ImageDraw.Draw(image)
    for _ in range(300):
        x, y = random.uniform(0, 960), random.uniform(0, 430)
        _disc(sheet, x, y, random.random() ** 4 * 3, _colour(random, 150, 255))
    turn = number % 16
    _disc(sheet, 80 + 52 * turn, 220 - 150 * math.sin(math.pi * turn / 16), 24, (245, 240, 220))
    hills = [(x, 430 + 40 * math.sin(x / 90) + 20 * math.sin(x / 37)) for x in range(0, 961, 8)]
    sheet.polygon([*hills, (960, 540), (0, 540)], fill=(4, 6, 12))
    return image


def _pattern(random: Random, number: int) -> Image.Image:
    """Draw checks, stripes or dots over the whole sheet."""
    image, sheet = _blank(_colour(random))
    ink, step = _colour(random), int(random.integers(40, 160))
    for x in range(0, 960, step):
        for y in range(0, 540, step):
            match number % 3:
                case 0 if (x // step + y // step) % 2:
                    sheet.rectangle((x, y, x + step, y + step), fill=ink)
                case 1:
                    sheet.rectangle((x, y, x + step // 2, y + step), fill=ink)
                case 2:
                    sheet.ellipse((x, y, x + step // 2, y + step // 2), fill=ink)
    return image


def _fractal(random: Random, number: int) -> Image.Image:
    """Draw another corner of the Mandelbrot set, in two colours."""
    x, y, reach = random.uniform(-1.6, 0), random.uniform(-0.8, 0.4), random.uniform(0.3, 1.2)
    grey = Image.effect_mandelbrot(_SIZE, (x, y, x + reach, y + reach * 0.6), 90)
    (one, _), (other, _) = _blank(_colour(random)), _blank(_colour(random))
    return Image.composite(one, other, grey)


DRAWINGS: Mapping[str, Drawing] = {
    "text cards, three grounds": Drawing(36, _card),
    "screenshots of a news page": Drawing(16, _article),
    "screenshots of a file manager": Drawing(16, _files),
    "screenshots of a chat": Drawing(16, _chat),
    "pages of a book": Drawing(16, _page),
    "bar charts": Drawing(16, _chart),
    "things on white": Drawing(24, _thing),
    "gradients of two colours": Drawing(32, _gradient),
    "nights over the same hills": Drawing(16, _night),
    "checks, stripes and dots": Drawing(24, _pattern),
    "corners of the Mandelbrot set": Drawing(16, _fractal),
}
