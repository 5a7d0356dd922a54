"""What one look at the bytes of a picture finds out."""

import hashlib
import random
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO

import pytest
from PIL import Image, ImageOps, _imaging

from spiders_project.media.inspect import (
    EXTENSIONS,
    Limits,
    PictureRefused,
    inspect_picture,
)
from spiders_project.outcomes import Reason
from tests.media.looks import far, pixel, thumbnail_of
from tests.media.samples import (
    SAMPLES,
    SIZE,
    Sample,
    deep_grey,
    drawing,
    encoded,
    encoded_frames,
    turned,
)

# The configuration of the tests turns every warning into an error, Pillow's about odd files too,
# which the product ignores.
pytestmark = pytest.mark.filterwarnings(r"ignore::UserWarning:PIL\.")

every_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
BOX = {"small": (16, 16)}


def reason_to_refuse(body: bytes, limits: Limits | None = None) -> Reason:
    with pytest.raises(PictureRefused) as refusal:
        inspect_picture(body, limits or Limits())
    assert str(refusal.value)
    return refusal.value.reason


def is_accepted(body: bytes, boxes: Mapping[str, tuple[int, int]] | None = None) -> bool:
    try:
        inspect_picture(body, boxes=boxes)
    except PictureRefused:
        return False
    return True


# --- whole pictures ---------------------------------------------------------


@every_sample
@pytest.mark.parametrize("boxes", [None, BOX], ids=["no thumbnail", "thumbnail"])
def test_accepts_whole_picture(sample: Sample, boxes: dict[str, tuple[int, int]] | None) -> None:
    picture = inspect_picture(sample.body, boxes=boxes)
    assert picture.format == sample.format
    assert picture.extension == sample.extension
    assert picture.media_type == sample.media_type
    assert (picture.width, picture.height) == SIZE
    assert picture.frames == sample.frames
    assert set(picture.thumbnails) == set(boxes or {})


@every_sample
def test_measures_the_bytes(sample: Sample) -> None:
    picture = inspect_picture(sample.body)
    assert picture.size_bytes == len(sample.body)
    assert picture.sha256 == hashlib.sha256(sample.body).hexdigest()
    assert picture.md5 == hashlib.md5(sample.body, usedforsecurity=False).hexdigest()


@every_sample
@pytest.mark.parametrize(
    "appended",
    [b"\0", b"\r\n\r\n", b"a film of three seconds " * 200],
    ids=["nul", "lines", "film"],
)
def test_accepts_bytes_after_the_end(sample: Sample, appended: bytes) -> None:
    picture = inspect_picture(sample.body + appended)
    assert picture.format == sample.format
    assert picture.frames == sample.frames
    assert picture.size_bytes == len(sample.body) + len(appended)


def test_every_format_that_is_kept_is_tested() -> None:
    assert {sample.format for sample in SAMPLES.values()} == set(EXTENSIONS)


def test_accepts_large_photo_with_small_thumbnail() -> None:
    body = encoded(drawing(size=(1600, 1200)), "JPEG")
    picture = inspect_picture(body, boxes=BOX)
    assert (picture.width, picture.height) == (1600, 1200)


@pytest.mark.parametrize("gain_map", [(400, 300), (100, 75)], ids=["same size", "smaller"])
@pytest.mark.parametrize("boxes", [None, BOX, {"large": (1000, 1000)}])
def test_accepts_photo_with_gain_map(
    gain_map: tuple[int, int], boxes: dict[str, tuple[int, int]] | None
) -> None:
    body = encoded_frames([drawing(size=(400, 300)), drawing(size=gain_map)], "MPO")
    assert inspect_picture(body, boxes=boxes).format == "JPEG"


def test_accepts_photo_with_broken_exif() -> None:
    body = encoded(drawing(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    picture = inspect_picture(body, boxes=BOX)
    assert (picture.width, picture.height) == SIZE


def test_file_name_of_an_older_format_does_not_matter() -> None:
    assert inspect_picture(encoded(drawing(), "PNG")).extension == ".png"
    assert inspect_picture(encoded(drawing(), "WEBP")).extension == ".webp"


# --- cut downloads ----------------------------------------------------------


def cuts_of(body: bytes) -> list[int]:
    """Return lengths to cut to: all of the last bytes, and fifty places before them."""
    last = range(max(1, len(body) - 16), len(body))
    return sorted({*last, *range(1, len(body), max(1, len(body) // 50))})


@every_sample
@pytest.mark.parametrize("boxes", [None, BOX], ids=["no thumbnail", "thumbnail"])
def test_refuses_cut_picture(sample: Sample, boxes: dict[str, tuple[int, int]] | None) -> None:
    body = sample.body
    assert [length for length in cuts_of(body) if is_accepted(body[:length], boxes)] == []


@pytest.mark.parametrize("missing", [1, 2, 12])
@pytest.mark.parametrize(
    "name", ["jpeg", "jpeg progressive", "png", "png animated", "gif", "gif animated"]
)
def test_says_that_a_cut_picture_is_truncated(name: str, missing: int) -> None:
    assert reason_to_refuse(SAMPLES[name].body[:-missing]) is Reason.TRUNCATED


@pytest.mark.parametrize("missing", [1, 2, 12, 1000, 10_000])
@pytest.mark.parametrize("is_progressive", [False, True], ids=["baseline", "progressive"])
def test_small_decode_of_a_large_jpeg_finds_the_cut(missing: int, is_progressive: bool) -> None:
    noise = Image.frombytes("RGB", (400, 300), random.Random(1).randbytes(400 * 300 * 3))
    body = encoded(noise, "JPEG", progressive=is_progressive)
    with pytest.raises(PictureRefused) as refusal:
        inspect_picture(body[:-missing], boxes=BOX)
    assert refusal.value.reason is Reason.TRUNCATED


def test_refuses_jpeg2000_that_ends_before_a_tile() -> None:
    body = SAMPLES["jpeg 2000 tiles"].body
    start_of_tile = b"\xff\x90\x00\x0a"  # SOT and its length (ISO/IEC 15444-1, A.4.2)
    tiles = [at for at in range(len(body)) if body.startswith(start_of_tile, at)]
    assert len(tiles) == 6
    assert [tile for tile in tiles if is_accepted(body[:tile])] == []


def test_refuses_bmp_without_the_padding_of_its_last_row() -> None:
    body = encoded(drawing(size=(41, 30)), "BMP")  # 123 bytes a row, and one to make it 124
    assert is_accepted(body)
    assert not is_accepted(body[:-1])


def bmp(compression: int, height: int, rows: bytes) -> bytes:
    """Return a BMP of 41 pixels a row, with one byte and a grey palette for each."""
    palette = b"".join(bytes([grey, grey, grey, 0]) for grey in range(256))
    info = struct.pack("<IiiHHIIiiII", 40, 41, height, 1, 8, compression, len(rows), 0, 0, 256, 0)
    start = 14 + len(info) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + info + palette + rows


def old_bmp(rows: bytes) -> bytes:
    """Return a BMP of 41 x 30 pixels with the header of OS/2: 124 bytes a row."""
    info = struct.pack("<IHHHH", 12, 41, 30, 1, 24)
    start = 14 + len(info)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + info + rows


BMPS = {
    "bottom up": bmp(0, 30, bytes(44 * 30)),
    "top down": bmp(0, -30, bytes(44 * 30)),
    "of OS/2": old_bmp(bytes(124 * 30)),
    # 41 pixels of one grey and the end of the line, 30 times; the end of the picture.
    "run lengths": bmp(1, 30, b"\x29\x80\0\0" * 30 + b"\0\1"),
}


@pytest.mark.parametrize("body", BMPS.values(), ids=BMPS)
def test_accepts_all_kinds_of_bmp_and_refuses_them_cut(body: bytes) -> None:
    picture = inspect_picture(body)
    assert (picture.width, picture.height) == (41, 30)
    assert not is_accepted(body[:-200])


@pytest.mark.parametrize("name", ["bottom up", "top down", "of OS/2"])
def test_refuses_bmp_of_any_kind_without_its_last_byte(name: str) -> None:
    assert not is_accepted(BMPS[name][:-1])


@pytest.mark.parametrize("picture_format", ["PNG", "AVIF"])
def test_says_that_a_picture_with_wrong_bytes_is_damaged(picture_format: str) -> None:
    body = bytearray(encoded(drawing(size=(200, 200)), picture_format))
    middle = len(body) // 2
    body[middle : middle + 40] = bytes(40)
    assert reason_to_refuse(bytes(body)) is Reason.DAMAGED


def test_refuses_animation_that_ends_between_frames() -> None:
    body = SAMPLES["gif animated"].body
    frames = [at for at in range(len(body)) if body.startswith(b"!\xf9\x04", at)]
    assert len(frames) >= 2
    for frame in frames[1:]:
        assert reason_to_refuse(body[:frame]) is Reason.TRUNCATED


# --- what is no picture -----------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><title>please log in</title>",
        b"404 not found",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        b'{"error": "no such picture"}',
        b"%PDF-1.7\n1 0 obj",
        b"\0" * 5000,
        b"\x1f\x8b\x08\0\0\0\0\0",
        b"P6 1 1 255\n\xff\xff\xff",
        encoded(drawing(), "ICO"),
        encoded(drawing(), "PCX"),
        b"\xff\xd8",
    ],
    ids=[
        "html", "text", "svg", "json", "pdf", "zeros", "gzip", "ppm", "ico", "pcx", "two bytes",
    ],
)  # fmt: skip
def test_refuses_what_is_no_picture(body: bytes) -> None:
    assert reason_to_refuse(body) is Reason.NOT_AN_IMAGE


def test_refuses_empty_body() -> None:
    assert reason_to_refuse(b"") is Reason.EMPTY


def test_detail_shows_how_the_file_begins() -> None:
    with pytest.raises(PictureRefused, match="please log in"):
        inspect_picture(b"<title>please log in</title>")


@every_sample
def test_broken_bytes_lead_to_a_refusal_and_no_other_error(sample: Sample) -> None:
    chance = random.Random(sample.body)
    refused = 0
    for _ in range(60):
        body = bytearray(sample.body)
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(min(len(body), chance.choice([64, 400, len(body)])))
            body[at : at + chance.randint(1, 4)] = chance.randbytes(chance.randint(0, 4))
        try:
            inspect_picture(bytes(body), Limits(max_pixels=100_000))
        except PictureRefused:
            refused += 1
    assert refused


# --- what is too small or too large ------------------------------------------


@pytest.mark.parametrize(
    ("limits", "is_kept"),
    [
        (Limits(min_width=40), True),
        (Limits(min_width=41), False),
        (Limits(min_height=30), True),
        (Limits(min_height=31), False),
        (Limits(min_width=40, min_height=31), False),
    ],
)
def test_refuses_smaller_pictures_than_asked_for(limits: Limits, is_kept: bool) -> None:
    body = SAMPLES["png"].body
    if is_kept:
        assert inspect_picture(body, limits).width == 40
    else:
        assert reason_to_refuse(body, limits) is Reason.TOO_SMALL


def png_with_size(width: int, height: int) -> bytes:
    """Return a PNG whose header promises far more than there is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def test_refuses_decompression_bomb_by_its_header() -> None:
    body = png_with_size(60_000, 60_000)
    assert len(body) < 100
    assert reason_to_refuse(body) is Reason.DECOMPRESSION_BOMB


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "TIFF", "BMP", "JPEG2000"])
def test_refuses_bomb_without_unpacking_it(picture_format: str) -> None:
    body = encoded(Image.new("L", (1200, 1200)), picture_format)
    unpacked_before = _imaging.get_stats()["new_count"]
    assert reason_to_refuse(body, Limits(max_pixels=1_000_000)) is Reason.DECOMPRESSION_BOMB
    assert _imaging.get_stats()["new_count"] == unpacked_before


@pytest.mark.parametrize("name", ["gif animated", "png animated", "webp animated", "tiff pages"])
def test_counts_the_pixels_of_all_frames(name: str) -> None:
    body, pixels = SAMPLES[name].body, 3 * 40 * 30
    assert inspect_picture(body, Limits(max_pixels=pixels)).frames == 3
    assert reason_to_refuse(body, Limits(max_pixels=pixels - 1)) is Reason.DECOMPRESSION_BOMB


@pytest.mark.parametrize(
    ("picture_format", "mode"), [("TIFF", "L"), ("MPO", "RGB")], ids=["tiff page", "jpeg gain map"]
)
def test_refuses_bomb_behind_a_small_first_frame(picture_format: str, mode: str) -> None:
    frames = [Image.new(mode, (8, 8)), Image.new(mode, (300, 300))]
    body = encoded_frames(frames, picture_format)
    assert reason_to_refuse(body, Limits(max_pixels=10_000)) is Reason.DECOMPRESSION_BOMB


@pytest.mark.parametrize("place", [(2000, 2000), (10_000, 0), (0, 10_000)])
def test_refuses_gif_whose_frame_lies_far_outside(place: tuple[int, int]) -> None:
    frames = [drawing(size=(4, 4)), drawing(size=(4, 4)).rotate(90)]
    body = bytearray(encoded_frames(frames, "GIF"))
    second_frame = body.rindex(b"\x2c\0\0\0\0\x04\0\x04\0")
    body[second_frame + 1 : second_frame + 5] = struct.pack("<HH", *place)
    assert reason_to_refuse(bytes(body), Limits(max_pixels=10_000)) is Reason.DECOMPRESSION_BOMB


def gif_of(*blocks: bytes) -> bytes:
    """Return a GIF with a screen of 4 x 4 pixels in black and white."""
    screen = b"GIF89a" + struct.pack("<HHBBB", 4, 4, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return screen + b"".join(blocks) + b";"


def gif_frame(left: int, top: int, width: int = 1, height: int = 1) -> bytes:
    return b"," + struct.pack("<HHHHB", left, top, width, height, 0) + b"\x02\x02D\x01\0"


CLEARED_AFTERWARDS = b"!\xf9\x04\x08\0\0\0\0"
# Pillow takes the end of an empty extension for its first block, and what follows for its second:
# the frame that every other program reads as a part of a comment.
HIDDEN = bytes(32) + gif_frame(8000, 8000) + gif_frame(0, 0) + b";"
HIDDEN_FRAME = b"!\x01\0" + b"!\xfe" + bytes([len(HIDDEN)]) + HIDDEN + b"\0"

GROWING_GIFS = {
    "larger than the screen": gif_of(CLEARED_AFTERWARDS, gif_frame(0, 0, 8000, 8000)),
    "far outside": gif_of(gif_frame(0, 0), gif_frame(8000, 8000), gif_frame(0, 0)),
    "far outside on two sides": gif_of(
        gif_frame(0, 0), gif_frame(8000, 0), gif_frame(0, 8000), gif_frame(0, 0)
    ),
    "after a stray byte": gif_of(gif_frame(0, 0), b"\0", gif_frame(8000, 8000), gif_frame(0, 0)),
    "hidden in a comment": gif_of(gif_frame(0, 0), HIDDEN_FRAME),
}


def test_accepts_the_small_gif_that_the_growing_ones_are_made_of() -> None:
    body = gif_of(CLEARED_AFTERWARDS, gif_frame(0, 0), b"!\xfe\x02hi\0", gif_frame(3, 3))
    assert inspect_picture(body).frames == 2


@pytest.mark.parametrize("body", GROWING_GIFS.values(), ids=GROWING_GIFS)
def test_refuses_growing_gif_without_making_room_for_it(body: bytes) -> None:
    assert len(body) < 150
    blocks_before = _imaging.get_stats()["allocated_blocks"]  # of 16 MB
    with pytest.raises(PictureRefused):
        inspect_picture(body, Limits(max_pixels=100_000))
    assert _imaging.get_stats()["allocated_blocks"] - blocks_before < 10


# --- as displayed ------------------------------------------------------------

TURNING_FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("picture_format", TURNING_FORMATS)
def test_measures_and_shows_pictures_upright(picture_format: str, orientation: int) -> None:
    body = turned(orientation, drawing(size=(80, 40)), picture_format)
    upright = ImageOps.exif_transpose(Image.open(BytesIO(body))).convert("RGB")
    picture = inspect_picture(body, boxes={"small": (40, 40)})
    thumbnail = thumbnail_of(picture)
    assert (picture.width, picture.height) == upright.size
    assert (thumbnail.width > thumbnail.height) == (upright.width > upright.height)
    for place in ((0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)):
        expected, shown = pixel(upright, *place), pixel(thumbnail, *place)
        assert far(expected, shown) < 32


def test_smallest_size_is_meant_as_displayed() -> None:
    body = turned(6, drawing(size=(80, 40)), "JPEG")
    assert inspect_picture(body, Limits(min_width=40, min_height=80)).width == 40
    assert reason_to_refuse(body, Limits(min_width=80)) is Reason.TOO_SMALL


# --- thumbnails --------------------------------------------------------------


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF"])
@pytest.mark.parametrize(
    ("size", "box", "expected"),
    [
        ((200, 100), (50, 50), (50, 25)),
        ((100, 200), (50, 50), (25, 50)),
        ((200, 100), (50, 10), (20, 10)),
        ((1000, 1000), (480, 480), (480, 480)),
        ((3000, 30), (480, 480), (480, 5)),
        ((1, 3000), (480, 480), (1, 480)),
        ((40, 30), (480, 480), (40, 30)),
        ((40, 30), (40, 30), (40, 30)),
    ],
)
def test_thumbnail_fits_its_box_and_is_not_enlarged(
    size: tuple[int, int], box: tuple[int, int], expected: tuple[int, int], picture_format: str
) -> None:
    body = encoded(drawing(size=size), picture_format)
    picture = inspect_picture(body, boxes={"small": box})
    assert thumbnail_of(picture).size == expected


def test_box_of_a_thumbnail_is_meant_as_displayed() -> None:
    body = turned(6, drawing(size=(1000, 100)), "JPEG")
    picture = inspect_picture(body, boxes={"small": (100, 1000)})
    assert thumbnail_of(picture).size == (100, 1000)


def test_makes_every_thumbnail_that_is_asked_for() -> None:
    boxes = {"grid": (50, 50), "wide": (90, 20), "tall": (20, 90)}
    picture = inspect_picture(encoded(drawing(size=(400, 400)), "JPEG"), boxes=boxes)
    sizes = {name: thumbnail_of(picture, name).size for name in picture.thumbnails}
    assert sizes == {"grid": (50, 50), "wide": (20, 20), "tall": (20, 20)}


def transparent(mode: str) -> bytes:
    if mode == "RGBA":
        return encoded(Image.new("RGBA", SIZE, (255, 0, 0, 0)), "PNG")
    if mode == "LA":
        return encoded(Image.new("LA", SIZE, (0, 0)), "PNG")
    if mode == "P":
        picture = Image.new("P", SIZE, 0)
        picture.putpalette([200, 0, 0, 0, 0, 200])
        return encoded(picture, "PNG", transparency=0)
    if mode == "GIF":
        return encoded(Image.new("P", SIZE, 0), "GIF", transparency=0)
    if mode == "WEBP":
        return encoded(Image.new("RGBA", SIZE, (255, 0, 0, 0)), "WEBP", lossless=True, exact=True)
    return encoded(Image.new("RGB", SIZE, (7, 8, 9)), "PNG", transparency=(7, 8, 9))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "RGB", "GIF", "WEBP"])
def test_thumbnail_shows_transparency_on_white(mode: str) -> None:
    picture = inspect_picture(transparent(mode), boxes=BOX)
    assert pixel(thumbnail_of(picture), 0.5, 0.5) == (255, 255, 255)


@pytest.mark.parametrize("picture_format", ["PNG", "TIFF", "JPEG2000"])
@pytest.mark.parametrize("size", [(64, 16), (1000, 400)], ids=["small", "large"])
def test_thumbnail_of_16_bits_keeps_dark_dark(picture_format: str, size: tuple[int, int]) -> None:
    body = encoded(deep_grey(size), picture_format)
    thumbnail = thumbnail_of(inspect_picture(body, boxes={"small": (48, 48)}))
    left, middle, right = (pixel(thumbnail, x, 0.5)[0] for x in (0.0, 0.5, 1.0))
    assert left < 40
    assert 100 < middle < 156
    assert right > 215


@pytest.mark.parametrize("mode", ["P", "1", "L", "RGB"])
def test_thumbnail_is_smooth(mode: str) -> None:
    stripes = Image.new("RGB", (160, 160), "white")
    for x in range(0, 160, 2):
        stripes.paste("black", (x, 0, x + 1, 160))
    body = encoded(stripes.convert(mode), "PNG")
    grey = pixel(thumbnail_of(inspect_picture(body, boxes=BOX)), 0.5, 0.5)[0]
    assert 90 < grey < 165


def test_thumbnail_shows_the_first_frame() -> None:
    frames = [Image.new("RGB", SIZE, colour) for colour in ("red", "blue")]
    picture = inspect_picture(encoded_frames(frames, "GIF"), boxes=BOX)
    red, _, blue = pixel(thumbnail_of(picture), 0.5, 0.5)
    assert red > 200
    assert blue < 60
