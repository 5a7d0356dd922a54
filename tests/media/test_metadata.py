"""What is read from the EXIF, IPTC and XMP blocks of picture files."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from spiders_project.media.inspect import Checks, inspect_picture
from spiders_project.media.metadata import PictureMetadata
from tests.media.samples import drawing, encoded

TITLE, AUTHOR, COPYRIGHT = "山间的晨雾", "王小明", "版权所有"
XMP_URL = b"http://ns.adobe.com/xap/1.0/\0"


def metadata_of(body: bytes) -> PictureMetadata:
    return inspect_picture(body).metadata


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg_with(*segments: bytes) -> bytes:
    """Return a JPEG with further segments before all others."""
    body = encoded(drawing(), "JPEG")
    return body[:2] + b"".join(segments) + body[2:]


def exif(**texts: bytes | str) -> bytes:
    """Return an EXIF block; texts that are bytes stand in it as they are."""
    tags = {"description": 0x010E, "artist": 0x013B, "copyright": 0x8298, "xp_title": 0x9C9B}
    block = Image.Exif()
    for name, text in texts.items():
        if name == "created":
            block.get_ifd(0x8769)[0x9003] = text
        else:
            block[tags[name]] = text
    return block.tobytes()


def iptc(*datasets: tuple[int, int, bytes]) -> bytes:
    """Return the APP13 segment that Photoshop writes, IPTC records behind another resource."""
    records = b"".join(
        bytes([0x1C, record, number]) + struct.pack(">H", len(data)) + data
        for record, number, data in datasets
    )
    odd = b"8BIM" + struct.pack(">H", 0x03ED) + b"\x03abc" + struct.pack(">I", 3) + b"xyz\0"
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(records))
    return segment(0xED, b"Photoshop 3.0\0" + odd + resource + records)


def xmp(properties: str) -> bytes:
    """Return an XMP packet with properties as XML."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:cc="http://creativecommons.org/ns#"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
        f"{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


XMP = xmp(
    "<dc:title><rdf:Alt><rdf:li xml:lang='en'>Fog</rdf:li>"
    f"<rdf:li xml:lang='x-default'>{TITLE}</rdf:li></rdf:Alt></dc:title>"
    f"<dc:creator><rdf:Seq><rdf:li>{AUTHOR}</rdf:li><rdf:li>Ana</rdf:li></rdf:Seq></dc:creator>"
    "<cc:license rdf:resource='https://creativecommons.org/licenses/by/4.0/'/>"
    "<photoshop:DateCreated>2021-03-04T05:06:07+08:00</photoshop:DateCreated>"
)
FROM_XMP = PictureMetadata(
    title=TITLE,
    author=f"{AUTHOR}, Ana",
    license="https://creativecommons.org/licenses/by/4.0/",
    published="2021-03-04T05:06:07+08:00",
)


def png_with_xmp(is_compressed: bool) -> bytes:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=is_compressed)
    return encoded(drawing(), "PNG", pnginfo=info)


def jpeg2000_with_xmp() -> bytes:
    uuid = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    body = encoded(drawing(), "JPEG2000")
    return body + struct.pack(">I4s", 8 + len(uuid) + len(XMP), b"uuid") + uuid + XMP


def tiff_with(tag: int, data: bytes) -> bytes:
    directory = Image.Exif()
    directory[tag] = data
    buffer = BytesIO()
    drawing().save(buffer, "TIFF", tiffinfo=directory)
    return buffer.getvalue()


XMP_FILES = {
    "JPEG": jpeg_with(segment(0xE1, XMP_URL + XMP)),
    "PNG": png_with_xmp(is_compressed=False),
    "PNG compressed": png_with_xmp(is_compressed=True),
    "WEBP": encoded(drawing(), "WEBP", xmp=XMP),
    "AVIF": encoded(drawing(), "AVIF", xmp=XMP),
    "TIFF": tiff_with(700, XMP),
    "JPEG2000": jpeg2000_with_xmp(),
}


@pytest.mark.parametrize("body", XMP_FILES.values(), ids=XMP_FILES)
def test_reads_xmp_of_every_format(body: bytes) -> None:
    assert metadata_of(body) == FROM_XMP


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_reads_exif_of_every_format(picture_format: str) -> None:
    block = exif(description="A hill", artist="Ana", copyright="CC0", created="2020:01:02 03:04:05")
    found = metadata_of(encoded(drawing(), picture_format, exif=block))
    assert found == PictureMetadata(
        title="A hill",
        author="Ana",
        license="CC0",
        published="2020-01-02T03:04:05",
        description="A hill",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_reads_chinese_exif(encoding: str) -> None:
    block = exif(
        description=TITLE.encode(encoding),
        artist=AUTHOR.encode(encoding),
        copyright=COPYRIGHT.encode(encoding),
    )
    found = metadata_of(encoded(drawing(), "JPEG", exif=block))
    assert (found.title, found.author, found.license) == (TITLE, AUTHOR, COPYRIGHT)


def test_reads_what_windows_has_written() -> None:
    block = exif(xp_title=TITLE.encode("utf-16-le") + b"\0\0")
    assert metadata_of(encoded(drawing(), "JPEG", exif=block)).title == TITLE


def test_western_texts_are_not_taken_for_chinese() -> None:
    block = exif(artist="José Müller".encode("cp1252"))
    assert metadata_of(encoded(drawing(), "JPEG", exif=block)).author == "José Müller"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_reads_iptc(encoding: str) -> None:
    is_announced = [(1, 90, b"\x1b%G")] if encoding == "utf-8" else []
    found = metadata_of(
        jpeg_with(
            iptc(
                *is_announced,
                (2, 5, TITLE.encode(encoding)),
                (2, 80, AUTHOR.encode(encoding)),
                (2, 116, COPYRIGHT.encode(encoding)),
                (2, 55, b"20200102"),
                (2, 60, b"030405+0800"),
            )
        )
    )
    assert found == PictureMetadata(
        title=TITLE, author=AUTHOR, license=COPYRIGHT, published="2020-01-02T03:04:05+08:00"
    )


def test_reads_iptc_of_tiff() -> None:
    assert metadata_of(tiff_with(33723, b"\x1c\x02\x05\0\x03Fog")).title == "Fog"


def test_xmp_is_believed_before_iptc_and_exif() -> None:
    body = jpeg_with(
        segment(0xE1, exif(description="of EXIF", artist="of EXIF")),
        iptc((2, 5, b"of IPTC")),
        segment(0xE1, XMP_URL + xmp("<dc:title>of XMP</dc:title>")),
    )
    assert (metadata_of(body).title, metadata_of(body).author) == ("of XMP", "of EXIF")


@pytest.mark.parametrize(
    "text", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "DSC_0042.JPG", "IMG_2020", "untitled", " \t"]
)
def test_what_cameras_write_is_no_title(text: str) -> None:
    assert metadata_of(encoded(drawing(), "JPEG", exif=exif(description=text))).title is None


@pytest.mark.parametrize("moment", ["0000:00:00 00:00:00", "2020:13:01 00:00:00", "yesterday"])
def test_impossible_dates_are_left_out(moment: str) -> None:
    body = encoded(drawing(), "JPEG", exif=exif(created=moment))
    assert metadata_of(body).published is None


BOMB = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "' + b"&x;" * 100 + b'">]><a>&y;</a>'


@pytest.mark.parametrize("packet", [b"<x", b"\xff\xfe", BOMB, b"<a>" * 20_000, XMP[:200]])
def test_picture_with_broken_xmp_is_kept(packet: bytes) -> None:
    assert metadata_of(jpeg_with(segment(0xE1, XMP_URL + packet))) == PictureMetadata()


def test_packed_xmp_that_would_fill_the_memory_says_nothing() -> None:
    packed = zlib.compress(b"\0" * (64 << 20))
    data = b"XML:com.adobe.xmp\0\1\0\0\0" + packed
    checksum = struct.pack(">I", zlib.crc32(b"iTXt" + data))
    chunk = struct.pack(">I", len(data)) + b"iTXt" + data + checksum
    body = encoded(drawing(), "PNG")
    assert metadata_of(body[:33] + chunk + body[33:]) == PictureMetadata()


def test_metadata_is_read_without_decoding() -> None:
    body = XMP_FILES["JPEG"]
    assert inspect_picture(body, checks=Checks.HEADER).metadata == FROM_XMP


def test_plain_picture_says_nothing() -> None:
    assert metadata_of(encoded(drawing(), "JPEG")) == PictureMetadata()
