"""What docs/pictures.md promises about cut and damaged pictures of each format."""

import random
import zlib
from collections.abc import Iterator, Mapping
from struct import pack
from typing import Any

import pytest
from PIL import Image

from spiders_project.media.inspect import PictureRefused, inspect_picture
from spiders_project.outcomes import Reason
from tests.media.samples import SAMPLES, drawing, encoded, encoded_frames

BOX = {"small": (64, 64)}
_HEADER_BYTES = 900


def photo(size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Return fields of colour with grain, which no format packs well."""
    grain = Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3))
    return Image.blend(drawing(size=size), grain, 0.2)


KINDS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "JPEG": ("JPEG", {"quality": 95}),
    "JPEG progressive": ("JPEG", {"quality": 88, "progressive": True}),
    "PNG": ("PNG", {}),
    "WebP": ("WEBP", {"quality": 90}),
    "WebP lossless": ("WEBP", {"lossless": True}),
    "GIF": ("GIF", {}),
    "TIFF deflate": ("TIFF", {"compression": "tiff_adobe_deflate"}),
    "TIFF LZW": ("TIFF", {"compression": "tiff_lzw"}),
    "TIFF JPEG": ("TIFF", {"compression": "jpeg"}),
    "TIFF raw": ("TIFF", {}),
    "AVIF": ("AVIF", {"quality": 80}),
    "BMP": ("BMP", {}),
    "JPEG 2000": ("JPEG2000", {}),
}


def body_of(kind: str) -> bytes:
    picture_format, options = KINDS[kind]
    return encoded(photo(), picture_format, **options)


def reason(body: bytes) -> Reason | None:
    try:
        inspect_picture(body, boxes=BOX)
    except PictureRefused as refusal:
        return refusal.reason
    return None


def holes(body: bytes, length: int, count: int = 12) -> Iterator[bytes]:
    """Yield copies of a picture with zeros at places behind its header and before its end."""
    room = len(body) - _HEADER_BYTES - 2 * length
    for number in range(count):
        start = _HEADER_BYTES + room * number // count
        yield body[:start] + bytes(length) + body[start + length :]


@pytest.mark.parametrize("kind", KINDS)
def test_cut_picture_is_truncated_wherever_it_is_cut(kind: str) -> None:
    body = body_of(kind)
    assert reason(body) is None
    cuts = [body[: len(body) * number // 21] for number in range(1, 21)] + [body[:-1], body[:-2]]
    assert {reason(cut) for cut in cuts} == {Reason.TRUNCATED}


@pytest.mark.parametrize("kind", ["PNG", "TIFF deflate", "AVIF"])
@pytest.mark.parametrize("length", [1, 40, 2000])
def test_every_hole_is_noticed_where_there_are_checksums(kind: str, length: int) -> None:
    body = body_of(kind)
    found = [reason(hollow) for hollow in holes(body, length) if hollow != body]
    assert len(found) >= 10
    assert set(found) == {Reason.DAMAGED}


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "TIFF LZW", "TIFF JPEG"])
def test_long_holes_are_noticed_where_codes_can_be_wrong(kind: str) -> None:
    found = [reason(hollow) for hollow in holes(body_of(kind), 2000)]
    assert set(found) <= {Reason.DAMAGED, Reason.TRUNCATED}


@pytest.mark.parametrize("kind", ["TIFF raw", "BMP", "JPEG 2000"])
def test_holes_are_pixels_where_nothing_tells(kind: str) -> None:
    """So says the page; a decoder that notices them would be good news for it."""
    assert None in [reason(hollow) for hollow in holes(body_of(kind), 2000)]


@pytest.mark.parametrize("picture_format", ["GIF", "PNG", "WEBP"])
def test_hole_in_a_later_frame_is_noticed(picture_format: str) -> None:
    frames = [photo(), photo().rotate(180), photo().rotate(90)]
    options: dict[str, Any] = {"lossless": True} if picture_format == "WEBP" else {}
    body = encoded_frames(frames, picture_format, **options)
    assert reason(body) is None
    if picture_format == "WEBP":
        last = body.rindex(b"ANMF") + 40  # the head of its bitstream
        assert reason(body[:last] + bytes(60) + body[last + 60 :]) is Reason.DAMAGED
    else:
        last = len(body) * 9 // 10
        assert reason(body[:last] + bytes(900) + body[last + 900 :]) is Reason.DAMAGED


# --- PNG ---------------------------------------------------------------------

PNG = SAMPLES["png"].body
BEFORE_PIXELS = PNG.index(b"IDAT") - 4


def chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def with_chunk(new: bytes, at: int = BEFORE_PIXELS) -> bytes:
    return PNG[:at] + new + PNG[at:]


ODD_CHUNKS = {
    "unknown": chunk(b"abCd", b"xx"),
    "chromaticities too short": chunk(b"cHRM", b"xx"),
    "transparency too short": chunk(b"tRNS", b"x"),
    "more bits than there are": chunk(b"sBIT", b"\x09\x09\x09"),
    "no profile": chunk(b"iCCP", b"p\0\0" + zlib.compress(b"abc")),
    "profile that does not unpack": chunk(b"iCCP", b"p\0\0zzzzzz"),
    "gamma twice": chunk(b"gAMA", pack(">I", 45455)) * 2,
    "EXIF of nonsense": chunk(b"eXIf", b"junk"),
    "impossible time": chunk(b"tIME", b"\xff" * 7),
    "text that does not unpack": chunk(b"zTXt", b"k\0\0bad"),
}


@pytest.mark.parametrize("odd", ODD_CHUNKS.values(), ids=ODD_CHUNKS)
def test_keeps_png_with_an_odd_chunk(odd: bytes) -> None:
    picture = inspect_picture(with_chunk(odd), boxes=BOX)
    assert picture.colours == inspect_picture(PNG, boxes=BOX).colours


@pytest.mark.parametrize(
    "wrong",
    [chunk(b"tEXt", b"Title\0night")[:-4] + bytes(4), b"\0\0\0\1\1\2\3\4abcde"],
    ids=["checksum", "no letters"],
)
def test_refuses_png_whose_chunk_is_damaged(wrong: bytes) -> None:
    assert reason(with_chunk(wrong)) is Reason.DAMAGED


def png_of(packed: bytes) -> bytes:
    header = chunk(b"IHDR", pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    return PNG[:8] + header + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


ROWS = bytes(9 * 8)
PACKED = zlib.compress(ROWS)


@pytest.mark.parametrize(
    ("packed", "expected"),
    [
        (PACKED, None),
        (zlib.compress(ROWS + bytes(50)), None),  # more than the rows, which nobody shows
        (zlib.compress(ROWS[:-9]), Reason.DAMAGED),
        (PACKED[:-1] + bytes([PACKED[-1] ^ 1]), Reason.DAMAGED),
        (PACKED[:-4], Reason.DAMAGED),
        (zlib.compress(b"\x07" + ROWS[1:]), Reason.DAMAGED),
    ],
    ids=["whole", "too much", "a row less", "wrong sum", "no sum", "unknown filter"],
)
def test_pixels_of_png_are_what_its_header_says(packed: bytes, expected: Reason | None) -> None:
    assert reason(png_of(packed)) is expected


# --- what else there is --------------------------------------------------------


def test_gif_with_a_strange_block_in_its_middle_is_damaged() -> None:
    body = SAMPLES["gif animated"].body
    at = body.rindex(b"!\xf9\x04")
    assert reason(body[:at] + b"\x77" + body[at + 1 :]) is Reason.DAMAGED


def test_tiff_whose_directories_go_round_is_refused() -> None:
    body = bytearray(encoded_frames([drawing(), drawing()], "TIFF"))
    first = int.from_bytes(body[4:8], "little")
    entries = int.from_bytes(body[first : first + 2], "little")
    follows = first + 2 + 12 * entries
    body[follows : follows + 4] = body[4:8]
    assert reason(bytes(body)) is Reason.DAMAGED


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "JPEG2000", "GIF", "TIFF", "BMP", "PNG", "JPEG"])
def test_beginning_of_a_picture_alone_is_refused(kind: str) -> None:
    body = encoded(photo((64, 48)), kind)
    for length in range(1, 64):
        assert reason(body[:length]) in (Reason.TRUNCATED, Reason.NOT_AN_IMAGE, Reason.DAMAGED)


def test_film_is_no_picture() -> None:
    film = pack(">I", 24) + b"ftypmp42" + bytes(12) + pack(">I", 408) + b"mdat" + bytes(400)
    assert reason(film) is Reason.NOT_AN_IMAGE
