"""JPEGs that strict decoders complain of: whole ones with quirks are kept, damaged ones refused."""

import random
import re
from base64 import b64decode
from collections.abc import Callable

import numpy as np
import pytest
import simplejpeg
from PIL import Image

from spiders_project.media.inspect import PictureRefused, inspect_picture
from spiders_project.outcomes import Reason
from tests.media.looks import thumbnail_of
from tests.media.samples import drawing, encoded

BOX = {"small": (64, 64)}
PICTURE = Image.frombytes("RGB", (320, 240), random.Random(0).randbytes(320 * 240 * 3))
PLAIN = encoded(PICTURE, "JPEG", quality=80)
PROGRESSIVE = encoded(PICTURE, "JPEG", quality=80, progressive=True)
RESTARTS = encoded(PICTURE, "JPEG", quality=80, restart_marker_rows=1)

SOF, DHT, SOS, EOI, APP1 = b"\xff\xc0", b"\xff\xc4", b"\xff\xda", b"\xff\xd9", b"\xff\xe1"

Change = Callable[[bytes], bytes]


def before(marker: bytes, stray: bytes) -> Change:
    """Return the change that puts bytes before the last segment of a kind."""

    def change(body: bytes) -> bytes:
        at = body.rindex(marker)
        return body[:at] + stray + body[at:]

    return change


def behind_soi(segment: bytes) -> Change:
    return lambda body: body[:2] + segment + body[2:]


def with_scan_parameters(parameters: bytes) -> Change:
    def change(body: bytes) -> bytes:
        at = body.index(SOS)
        end = at + 2 + int.from_bytes(body[at + 2 : at + 4])
        return body[: end - 3] + parameters + body[end:]

    return change


def replaced(old: bytes, new: bytes) -> Change:
    return lambda body: body.replace(old, new)


QUIRKS: dict[str, tuple[bytes, Change]] = {
    "a zero before EOI": (PLAIN, before(EOI, b"\0")),
    "bytes before EOI": (PLAIN, before(EOI, bytes(range(1, 9)))),
    "filled up with zeros": (PLAIN, before(EOI, bytes(60))),
    "filled up with ones": (PLAIN, before(EOI, b"\xff" * 300)),
    "zeros between segments": (PLAIN, before(SOF, bytes(30))),
    "text between segments": (PLAIN, before(SOF, b"made by a camera of long ago")),
    "zeros before a later scan": (PROGRESSIVE, before(SOS, b"\0\0")),
    "zeros before a later table": (PROGRESSIVE, before(DHT, b"\0\0")),
    "ones before restarts": (RESTARTS, replaced(b"\xff\xd3", b"\xff\xff\xff\xd3")),
    "a restart at the very end": (RESTARTS, before(EOI, b"\xff\xd7")),
    "JFIF of another time": (PLAIN, replaced(b"JFIF\0\1\1", b"JFIF\0\x09\1")),
    "JFIF cut off": (PLAIN, lambda body: body[:2] + b"\xff\xe0\0\4JF" + body[20:]),
    "spectrum of nothing": (PLAIN, with_scan_parameters(b"\0\0\0")),
    "approximation": (PLAIN, with_scan_parameters(b"\0\x3f\x11")),
    "a profile of no kind": (PLAIN, behind_soi(b"\xff\xe2\0\x12ICC_PROFILE\0\5\2ab")),
    "EXIF of nonsense": (PLAIN, behind_soi(b"\xff\xe1\0\x10Exif\0\0MM\0*\xff\xff\xff\xff")),
    "EXIF shorter than it is": (PLAIN, behind_soi(b"\xff\xe1\0\x0aExif\0\0MM\0*\0\0\0\x08\0\0\0")),
    "Adobe of another time": (PLAIN, behind_soi(b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x09")),
    "several quirks": (
        PLAIN,
        lambda body: before(EOI, bytes(9))(before(SOF, bytes(9))(body)).replace(
            b"JFIF\0\1\1", b"JFIF\0\x09\1"
        ),
    ),
}


@pytest.mark.parametrize(("body", "change"), QUIRKS.values(), ids=QUIRKS)
def test_keeps_whole_jpeg_with_a_quirk(body: bytes, change: Change) -> None:
    odd = change(body)
    assert odd != body
    assert inspect_picture(odd, boxes=BOX).thumbnails == inspect_picture(body, boxes=BOX).thumbnails


ARITHMETIC = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZG"
    "NywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09P"
    "T09PT09PT09PT09PT09PT09PT09PT09PT0//yQARCAAQABgDASIAAhEBAxEB/8wACgAQEAUBEBEF/9oADAMBAAIR"
    "AxEAPwD/AHSarHVvhk2OMAA78SCmYkJuYSlwUpnjjkXV7MH7Ev8A8ELhApfAtasradZBwzvyP5uA/9k="
)
"""Of 24 x 16 pixels, in arithmetic coding (jpegtran -arithmetic)."""


ODDLY_SAMPLED = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVt"
    "VkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8"
    "fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAQABgDASEAAhEBAyEB/8QAFQABAQAAAAAAAAAAAAAAAAAA"
    "BQD/xAAaEAACAwEBAAAAAAAAAAAAAAAABAMhMQJh/8QAGAEBAQADAAAAAAAAAAAAAAAABAABBQb/xAAZEQADAQEB"
    "AAAAAAAAAAAAAAAAAgMBBBH/2gAMAwEAAhEDEQA/ABYYxFfjBXX0+MZeAOnOLqx4QZb7uGvpAgaFfwRXWyi65+sd"
    "o8gdJC6q+UQZV3MAUkR//9k="
)
"""Of 24 x 16 pixels, with more red than blue (cjpeg -sample 2x1,1x1,2x1): not for TurboJPEG."""


@pytest.mark.parametrize("body", [ARITHMETIC, ODDLY_SAMPLED], ids=["arithmetic", "odd sampling"])
def test_keeps_rare_kind_of_jpeg_and_finds_it_cut(body: bytes) -> None:
    picture = inspect_picture(body, boxes=BOX)
    assert (picture.width, picture.height) == thumbnail_of(picture).size == (24, 16)
    with pytest.raises(PictureRefused) as refusal:
        inspect_picture(body[:-30], boxes=BOX)
    assert refusal.value.reason is Reason.TRUNCATED


@pytest.mark.parametrize("subsampling", ["444", "422", "420", "440", "411", "Gray"])
def test_keeps_every_subsampling(subsampling: str) -> None:
    body = simplejpeg.encode_jpeg(np.asarray(PICTURE), 85, "RGB", subsampling)
    assert inspect_picture(bytes(body), boxes=BOX).width == 320


def hole(at: float, length: int = 2000, content: bytes | None = None) -> Change:
    """Return the change that loses bytes in the middle of a file."""

    def change(body: bytes) -> bytes:
        start = body.index(SOS) + int(at * (len(body) - body.index(SOS) - length - 100)) + 20
        return body[:start] + (content or bytes(length)) + body[start + length :]

    return change


def renumbered(body: bytes) -> bytes:
    """Return a JPEG whose restart markers do not count."""
    start = body.index(SOS)
    return body[:start] + re.sub(rb"\xff[\xd0-\xd7]", b"\xff\xd5", body[start:])


DAMAGES: dict[str, tuple[bytes, Change]] = {
    **{f"zeros at {at:.0%}": (PLAIN, hole(at)) for at in (0.05, 0.3, 0.6, 0.95)},
    **{f"zeros at {at:.0%}, progressive": (PROGRESSIVE, hole(at)) for at in (0.05, 0.3, 0.6, 0.75)},
    **{f"zeros at {at:.0%}, restarts": (RESTARTS, hole(at)) for at in (0.05, 0.3, 0.6, 0.95)},
    "noise": (PLAIN, hole(0.5, content=random.Random(1).randbytes(2000).replace(b"\xff", b"\xfe"))),
    "a hole that was closed": (PLAIN, hole(0.5, content=b"\0")),
    "no more rows": (PLAIN, lambda body: body[:-3000] + EOI),
    "restarts do not count": (RESTARTS, renumbered),
    "too much behind the last row": (PLAIN, before(EOI, bytes(range(1, 101)))),
    "much of nothing behind the last row": (PLAIN, before(EOI, bytes(3000))),
    "taller than its rows": (
        PLAIN,
        lambda body: body[: body.index(SOF) + 5] + b"\1\x40" + body[body.index(SOF) + 7 :],
    ),
    "lower than its rows": (
        PLAIN,
        lambda body: body[: body.index(SOF) + 5] + b"\0\x80" + body[body.index(SOF) + 7 :],
    ),
}


@pytest.mark.parametrize(("body", "change"), DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("boxes", [None, BOX, {"large": (320, 240)}])
def test_refuses_damaged_jpeg(
    body: bytes, change: Change, boxes: dict[str, tuple[int, int]] | None
) -> None:
    with pytest.raises(PictureRefused) as refusal:
        inspect_picture(change(body), boxes=boxes)
    assert refusal.value.reason is Reason.DAMAGED


def test_large_jpeg_is_scaled_and_nevertheless_proved() -> None:
    body = encoded(drawing(size=(2400, 1600)), "JPEG", quality=95)
    whole = inspect_picture(body, boxes=BOX)
    assert thumbnail_of(whole).size == (64, 43)
    for change in (hole(0.5), hole(0.9)):
        with pytest.raises(PictureRefused, match="damaged"):
            inspect_picture(change(body), boxes=BOX)
