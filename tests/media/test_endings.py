"""The end marks that decoders do not ask for."""

import pytest

from spiders_project.media.endings import end_of
from spiders_project.media.source import Source
from tests.media.samples import SAMPLES, drawing, encoded

PNG = SAMPLES["png"].body


def has_its_end(picture_format: str, body: bytes) -> bool:
    return end_of(picture_format, Source(body)) is not None


GIFS = {name: sample.body for name, sample in SAMPLES.items() if sample.format == "GIF"}


def test_png_ends_with_iend() -> None:
    assert has_its_end("PNG", PNG)
    assert has_its_end("PNG", PNG + b"appended")


@pytest.mark.parametrize("missing", range(1, 13))
def test_png_without_all_of_iend_has_no_end(missing: int) -> None:
    assert not has_its_end("PNG", PNG[:-missing])


@pytest.mark.parametrize("body", GIFS.values(), ids=GIFS)
def test_gif_ends_with_its_trailer(body: bytes) -> None:
    assert has_its_end("GIF", body)
    assert has_its_end("GIF", body + b"appended")


@pytest.mark.parametrize("body", GIFS.values(), ids=GIFS)
def test_gif_cut_anywhere_has_no_end(body: bytes) -> None:
    assert body[-1:] == b";"
    for length in range(13, len(body)):
        assert not has_its_end("GIF", body[:length]), length


def test_trailer_byte_inside_the_data_is_no_end() -> None:
    body = encoded(drawing("P"), "GIF", comment=b";" * 200)
    assert has_its_end("GIF", body)
    comment = body.index(b";" * 200)
    assert not has_its_end("GIF", body[: comment + 200])


def test_gif_with_colours_of_its_frames_is_walked_too() -> None:
    body = bytearray(SAMPLES["gif"].body)
    size_of_table = body[10] & 0b111
    colours = body[13 : 13 + 3 * 2 ** (size_of_table + 1)]
    del body[13 : 13 + len(colours)]
    body[10] &= 0b0111_1000
    frame = body.index(b"\x2c\0\0\0\0")
    body[frame + 9] |= 0b1000_0000 | size_of_table
    body[frame + 10 : frame + 10] = colours
    assert has_its_end("GIF", bytes(body))
    assert not has_its_end("GIF", bytes(body[:-1]))
