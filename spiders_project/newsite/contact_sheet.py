"""Draws small pictures with their titles onto one sheet, to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, ImageOps

_TILE = (240, 180)
_CAPTION_PIXELS = 34
_GAP_PIXELS = 12
_ACROSS = 4
_LETTER_PIXELS = 13
_MOST_PIXELS = 100_000_000
_PAPER, _EMPTY, _INK, _PALE = "#f4f4f2", "#dcdcd8", "#222222", "#777777"
# Those that know Chinese first; a machine has one of them, or none.
_FONTS = (
    *("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "msyh.ttc", "PingFang.ttc"),
    *("Hiragino Sans GB.ttc", "Arial Unicode.ttf", "DejaVuSans.ttf", "Arial.ttf"),
)
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class Tile:
    """One picture of the sheet."""

    body: bytes | None
    title: str
    below: str = ""
    """What else there is to say, such as its size."""


def contact_sheet(tiles: Sequence[Tile]) -> bytes:
    """Return a JPEG with all tiles; what is no picture leaves its place grey."""
    across = min(_ACROSS, max(1, len(tiles)))
    down = -(-len(tiles) // across)
    width, height = _TILE[0] + _GAP_PIXELS, _TILE[1] + _CAPTION_PIXELS + _GAP_PIXELS
    sheet = Image.new("RGB", (across * width + _GAP_PIXELS, down * height + _GAP_PIXELS), _PAPER)
    draw, font = ImageDraw.Draw(sheet), _font()
    for number, tile in enumerate(tiles):
        left = _GAP_PIXELS + number % across * width
        top = _GAP_PIXELS + number // across * height
        draw.rectangle((left, top, left + _TILE[0], top + _TILE[1]), fill=_EMPTY)
        if small := _small(tile.body):
            place = (left + (_TILE[0] - small.width) // 2, top + (_TILE[1] - small.height) // 2)
            sheet.paste(small, place)
        for line, text, ink in ((0, tile.title, _INK), (1, tile.below, _PALE)):
            at = (left, top + _TILE[1] + 3 + line * (_LETTER_PIXELS + 2))
            draw.text(at, _cut(text, font), fill=ink, font=font)
    buffer = BytesIO()
    sheet.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def _small(body: bytes | None) -> Image.Image | None:
    """Return a picture in the size of a tile, None where it cannot be."""
    if body is None:
        return None
    try:
        with Image.open(BytesIO(body)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            picture.draft("RGB", (_TILE[0] * 2, _TILE[1] * 2))
            small = ImageOps.exif_transpose(picture).convert("RGB")
    # Pillow's decoders raise whatever they like at what strangers have made.
    except Exception:  # noqa: BLE001
        return None
    small.thumbnail(_TILE)
    return small


def _font() -> Font:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, _LETTER_PIXELS)
        except OSError:
            continue
    return ImageFont.load_default(_LETTER_PIXELS)


def _cut(text: str, font: Font) -> str:
    """Return as much of a text as fits below a tile and as the font can draw."""
    text = " ".join(text.split())[:200]
    if isinstance(font, ImageFont.ImageFont):
        text = text.encode("latin-1", "replace").decode("latin-1")
    if font.getlength(text) <= _TILE[0]:
        return text
    while text and font.getlength(text + "…") > _TILE[0]:
        text = text[:-1]
    return text + "…"
