"""The known pictures and their metadata."""

import io

from PIL import Image

from benchmarks.galleries.known import ALBUMS, KNOWN
from benchmarks.galleries.metadata import exif_of, with_iptc, xmp_of

_CHINESE = next(each for each in KNOWN if not each.title.isascii())


def test_no_two_pictures_share_a_name_in_any_album() -> None:
    assert len({each.plain_name.casefold() for each in KNOWN}) == len(KNOWN) == 40
    assert all(each.plain_name.isascii() and " " not in each.plain_name for each in KNOWN)


def test_albums_hold_all_pictures_and_one_lies_in_another() -> None:
    assert {each.album for each in KNOWN} == set(ALBUMS)
    assert ALBUMS[1].startswith(f"{ALBUMS[0]}/")


def test_metadata_carry_titles_that_are_not_ascii() -> None:
    file = io.BytesIO()
    exif, xmp = exif_of(_CHINESE), xmp_of(_CHINESE)
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=exif, xmp=xmp)
    body = with_iptc(file.getvalue(), _CHINESE)

    image = Image.open(io.BytesIO(body))
    image.load()

    # EXIF in UTF-8, XMP, IPTC twice: object name and caption.
    assert body.count(_CHINESE.title.encode()) == 4
    assert image.size == (8, 8)
