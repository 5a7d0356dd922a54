"""What is read from the IPTC, XMP and EXIF blocks of pictures."""

from collections.abc import Sequence
from struct import pack

import pytest
from PIL import Image, PngImagePlugin

from spiders_project.media.inspect import Checks, inspect_picture
from spiders_project.media.metadata import PictureMetadata
from tests.media.samples import SAMPLES, drawing, encoded

DESCRIPTION, ARTIST, COPYRIGHT, XP_TITLE, XP_AUTHOR = 0x010E, 0x013B, 0x8298, 0x9C9B, 0x9C9D
XP_COMMENT, EXIF, ORIGINAL, DIGITIZED, OFFSET = 0x9C9C, 0x8769, 0x9003, 0x9004, 0x9011
UTF8 = (1, 90, b"\x1b%G")


def exif(**texts: bytes | str) -> bytes:
    """Return an EXIF block; texts of Windows are given as text, the others as bytes."""
    block = Image.Exif()
    tags = {"description": DESCRIPTION, "artist": ARTIST, "copyright": COPYRIGHT}
    tags |= {"xp_title": XP_TITLE, "xp_author": XP_AUTHOR, "xp_comment": XP_COMMENT}
    moments = {"original": ORIGINAL, "digitized": DIGITIZED, "offset": OFFSET}
    for name, text in texts.items():
        value = text.encode("utf-16-le") + b"\0\0" if isinstance(text, str) else text
        if name in tags:
            block[tags[name]] = value
        else:
            block.get_ifd(EXIF)[moments[name]] = value
    return block.tobytes()


def iim(*datasets: tuple[int, int, bytes]) -> bytes:
    """Return the segment of a JPEG in which Photoshop keeps IPTC records."""
    block = b"".join(
        bytes([0x1C, record, number]) + pack(">H", len(data)) + data
        for record, number, data in datasets
    )
    other = b"8BIM\x03\xed\0\0" + pack(">I", 3) + b"abc\0"
    named = b"8BIM\x03\xee\x04name\0" + pack(">I", 2) + b"xy"
    body = b"Photoshop 3.0\0" + other + named + b"8BIM\x04\x04\0\0" + pack(">I", len(block)) + block
    return b"\xff\xed" + pack(">H", len(body) + 2) + body


def xmp(*properties: str, attributes: str = "") -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:cc="http://creativecommons.org/ns#">'
        f'<rdf:Description rdf:about="" {attributes}>{"".join(properties)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def listed(name: str, kind: str, *items: str) -> str:
    members = "".join(f"<rdf:li>{item}</rdf:li>" for item in items)
    return f"<{name}><rdf:{kind}>{members}</rdf:{kind}></{name}>"


def jpeg(iptc: bytes = b"", **options: bytes) -> bytes:
    body = encoded(drawing(), "JPEG", **options)
    return body[:2] + iptc + body[2:]


def read(body: bytes) -> PictureMetadata:
    whole = inspect_picture(body).metadata
    assert inspect_picture(body, checks=Checks.HEADER).metadata == whole
    return whole


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_plain_picture_says_nothing(sample: object) -> None:
    assert isinstance(sample, type(SAMPLES["jpeg"]))
    assert read(sample.body) == PictureMetadata()


# --- XMP ---------------------------------------------------------------------

FULL_XMP = xmp(
    "<dc:title><rdf:Alt><rdf:li xml:lang='de'>Nacht</rdf:li>"
    "<rdf:li xml:lang='x-default'>Night</rdf:li></rdf:Alt></dc:title>",
    listed("dc:creator", "Seq", "Ann", "Bob"),
    listed("dc:rights", "Alt", "© Ann"),
    listed("dc:description", "Alt", "Two lines\nof text"),
    "<cc:license rdf:resource='https://creativecommons.org/licenses/by/4.0/'/>",
    "<photoshop:DateCreated>2021-05-06T07:08:09+02:00</photoshop:DateCreated>",
)


@pytest.mark.parametrize("picture_format", ["JPEG", "WEBP", "AVIF", "TIFF"])
def test_reads_xmp(picture_format: str) -> None:
    options = {"tiffinfo": {700: FULL_XMP}} if picture_format == "TIFF" else {"xmp": FULL_XMP}
    assert read(encoded(drawing(), picture_format, **options)) == PictureMetadata(
        title="Night",
        author="Ann, Bob",
        license="https://creativecommons.org/licenses/by/4.0/",
        published="2021-05-06T07:08:09+02:00",
        description="Two lines\nof text",
    )


@pytest.mark.parametrize("is_compressed", [False, True])
def test_reads_xmp_of_png(is_compressed: bool) -> None:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("XML:com.adobe.xmp", FULL_XMP.decode(), zip=is_compressed)
    assert read(encoded(drawing(), "PNG", pnginfo=chunks)).title == "Night"


def test_reads_xmp_of_jpeg_2000() -> None:
    content = bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + FULL_XMP
    box = pack(">I", len(content) + 8) + b"uuid" + content
    body = SAMPLES["jpeg 2000"].body
    at = body.index(b"jp2c") - 4
    assert read(body[:at] + box + body[at:]).title == "Night"


def test_reads_xmp_written_as_attributes() -> None:
    packet = xmp(
        attributes="photoshop:Headline='Night' xmp:CreateDate='2020-01'"
        " xmpRights:WebStatement='https://example.org/terms'"
    )
    found = read(jpeg(xmp=packet))
    assert (found.title, found.published) == ("Night", "2020-01")
    assert found.license == "https://example.org/terms"


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (["<xmpRights:WebStatement>https://example.org/t</xmpRights:WebStatement>",
          listed("dc:rights", "Alt", "mine")], "https://example.org/t"),
        ([listed("xmpRights:UsageTerms", "Alt", "ask me"), listed("dc:rights", "Alt", "mine")],
         "ask me"),
        ([listed("dc:rights", "Alt", "mine")], "mine"),
    ],
)  # fmt: skip
def test_address_of_a_license_comes_before_words(properties: Sequence[str], expected: str) -> None:
    assert read(jpeg(xmp=xmp(*properties))).license == expected


BROKEN_XMP = {
    "no XML": b"<x:xmpmeta><broken",
    "zeros": bytes(400),
    "entities": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
    "a file of this machine": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "other encoding": FULL_XMP.replace(b"Night", b"N\xe9ight"),
    "unknown encoding": b'<?xml version="1.0" encoding="x-none"?><x/>',
    "nothing": b"",
}


@pytest.mark.parametrize("packet", BROKEN_XMP.values(), ids=BROKEN_XMP)
def test_broken_xmp_is_no_error_and_hides_nothing_else(packet: bytes) -> None:
    found = read(jpeg(xmp=packet, exif=exif(artist=b"Ann")))
    assert (found.title, found.author) == (None, "Ann")


def test_reads_xmp_in_utf_16() -> None:
    packet = FULL_XMP.decode().split("?>", 1)[1].rsplit("<?", 1)[0].encode("utf-16")
    assert read(jpeg(xmp=packet)).title == "Night"


# --- IPTC --------------------------------------------------------------------


def test_reads_iptc() -> None:
    segment = iim(
        UTF8,
        (2, 5, "夜".encode()),
        (2, 80, b"Ann"),
        (2, 80, b"Bob"),
        (2, 116, "© Ann".encode()),
        (2, 120, b"A night."),
        (2, 55, b"20210506"),
        (2, 60, b"070809+0200"),
    )
    assert read(jpeg(segment)) == PictureMetadata(
        "夜", "Ann, Bob", "© Ann", "2021-05-06T07:08:09+02:00", "A night."
    )


def test_reads_iptc_of_tiff() -> None:
    block = iim(UTF8, (2, 5, "夜".encode()))
    block = block[block.index(b"\x1c") :]
    info = {33723: block}
    assert read(encoded(drawing(), "TIFF", tiffinfo=info)).title == "夜"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Müller".encode(), "Müller"),
        ("Müller".encode("cp1252"), "Müller"),
        ("Süß".encode("cp1252"), "Süß"),
        ("café".encode("cp1252"), "café"),
        ("清晨的湖".encode("gb18030"), "清晨的湖"),
        ("清晨 lake 湖".encode("gb18030"), "清晨 lake 湖"),
        ("湖".encode(), "湖"),
    ],
)
def test_text_without_a_declared_encoding_is_guessed(data: bytes, expected: str) -> None:
    assert read(jpeg(iim((2, 5, data)))).title == expected
    assert read(jpeg(exif=exif(artist=data))).author == expected


@pytest.mark.parametrize("day", [b"00000000", b"2021", b"20211341", b"yesterda"])
def test_impossible_days_are_left_out(day: bytes) -> None:
    assert read(jpeg(iim((2, 55, day)))).published is None


def test_broken_iptc_says_what_stands_before_the_break() -> None:
    segment = iim((2, 5, b"Night"), (2, 80, b"Ann"))
    broken = segment.replace(b"\x1c\x02\x50", b"\x1d\x02\x50")
    assert read(jpeg(broken)) == PictureMetadata(title="Night")


# --- EXIF --------------------------------------------------------------------


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_reads_exif(picture_format: str) -> None:
    block = exif(
        xp_title="夜 night",
        artist=b"Zoe",
        copyright=b"(c) Zoe",
        description=b"A night at the lake,\nwithout a moon.",
        original=b"2021:05:06 07:08:09",
        offset=b"+02:00",
    )
    assert read(encoded(drawing(), picture_format, exif=block)) == PictureMetadata(
        title="夜 night",
        author="Zoe",
        license="(c) Zoe",
        published="2021-05-06T07:08:09+02:00",
        description="A night at the lake,\nwithout a moon.",
    )


def test_short_description_is_the_title_where_there_is_no_other() -> None:
    found = read(jpeg(exif=exif(description=b"A night at the lake")))
    assert found.title == found.description == "A night at the lake"


def test_texts_of_windows_are_read() -> None:
    found = read(jpeg(exif=exif(xp_author="Zoë", xp_comment="Ein See")))
    assert (found.author, found.description) == ("Zoë", "Ein See")


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ({"original": b"2021:05:06 07:08:09"}, "2021-05-06T07:08:09"),
        ({"digitized": b"2021:05:06 07:08:09"}, "2021-05-06T07:08:09"),
        ({"original": b"0000:00:00 00:00:00"}, None),
        ({"original": b"    :  :     :  :  "}, None),
        ({"original": b"2021:13:06 07:08:09"}, None),
        ({"original": b"2021:05:06 27:08:09"}, None),
        ({"original": b"last summer"}, None),
    ],
)
def test_date_of_exif_becomes_iso_8601(moments: dict[str, bytes], expected: str | None) -> None:
    assert read(jpeg(exif=exif(**moments))).published == expected


@pytest.mark.parametrize(
    "junk",
    [
        b"OLYMPUS DIGITAL CAMERA", b"KONICA MINOLTA DIGITAL CAMERA", b"SONY DSC", b"cof", b"dav",
        b"Exif_JPEG_PICTURE", b"SAMSUNG CAMERA PICTURES", b"Digital StillCamera", b"untitled",
        b"My beautiful picture", b"IMG_20210506_070809.jpg", b"DSC_0001", b"DSCF1234", b"  ", b"\0",
        b"Created with GIMP",
    ],
)  # fmt: skip
def test_what_cameras_write_is_no_title(junk: bytes) -> None:
    found = read(jpeg(exif=exif(description=junk)))
    assert (found.title, found.description) == (None, None)


@pytest.mark.parametrize("title", [b"Digital cameras of 1999", b"Default settings", b"Lake 1"])
def test_what_people_write_is_a_title(title: bytes) -> None:
    assert read(jpeg(exif=exif(description=title))).title == title.decode()


@pytest.mark.parametrize(
    "block",
    [
        b"Exif\0\0MM\0*\xff\xff\xff\xff",
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff",
        b"Exif\0\0",
        b"Exif\0\0nonsense",
        exif(artist=b"Ann" * 40)[:-60],
    ],
)
def test_broken_exif_is_no_error(block: bytes) -> None:
    assert read(jpeg(iim((2, 5, b"Night")), exif=block)).title == "Night"


# --- all together ------------------------------------------------------------


def test_xmp_comes_before_iptc_and_iptc_before_exif() -> None:
    block = exif(xp_title="of EXIF", artist=b"of EXIF", copyright=b"of EXIF")
    segment = iim((2, 5, b"of IPTC"), (2, 80, b"of IPTC"))
    packet = xmp(listed("dc:title", "Alt", "of XMP"))
    found = read(jpeg(segment, exif=block, xmp=packet))
    assert (found.title, found.author, found.license) == ("of XMP", "of IPTC", "of EXIF")


def test_machine_made_title_gives_way_to_one_of_a_person() -> None:
    packet = xmp(listed("dc:title", "Alt", "IMG_1234"))
    assert read(jpeg(iim((2, 5, b"Night")), xmp=packet)).title == "Night"


def test_titles_are_one_line_without_controls() -> None:
    assert read(jpeg(iim((2, 5, b" A\n  night\x07\0 ")))).title == "A night"


def test_texts_end_somewhere() -> None:
    found = read(jpeg(xmp=xmp(listed("dc:description", "Alt", "night " * 2000)))).description
    assert found is not None
    assert len(found) <= 5000
