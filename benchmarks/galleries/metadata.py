"""What cameras and photographers write into pictures: EXIF, IPTC and XMP blocks with a title."""

import struct
from xml.sax.saxutils import escape

from PIL import Image

from benchmarks.galleries.known import Known

_DESCRIPTION, _ARTIST, _CHANGED, _MODEL = 0x010E, 0x013B, 0x0132, 0x0110
_EXIF_IFD, _TAKEN = 0x8769, 0x9003
# IIM 4.2, record 2: object name, by-line, caption; record 1: the characters are UTF-8.
_OBJECT_NAME, _BY_LINE, _CAPTION = 5, 80, 120
_UTF_8 = b"\x1c\x01\x5a\x00\x03\x1b%G"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def exif_of(picture: Known) -> Image.Exif:
    """Return description, artist, camera and date."""
    exif = Image.Exif()
    # As bytes, since Pillow would put question marks for what is not ASCII.
    exif[_DESCRIPTION] = picture.title.encode()
    exif[_ARTIST] = picture.author.encode()
    exif[_MODEL] = "Demo D1"
    date = f"2025:03:{1 + picture.number % 28:02} 09:{picture.number % 60:02}:00"
    exif[_CHANGED] = date
    exif.get_ifd(_EXIF_IFD)[_TAKEN] = date
    return exif


def xmp_of(picture: Known) -> bytes:
    """Return a packet with title and creator (Dublin Core)."""
    words = {"title": escape(picture.title), "author": escape(picture.author)}
    return _XMP.format(**words).encode()


def with_iptc(jpeg: bytes, picture: Known) -> bytes:
    """Return a JPEG with an APP13 segment, as Photoshop writes it, after its start."""
    fields = ((_OBJECT_NAME, picture.title), (_BY_LINE, picture.author), (_CAPTION, picture.title))
    data = _UTF_8 + b"".join(_field(number, text.encode()) for number, text in fields)
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(data)) + data + b"\0" * (len(data) % 2)
    body = b"Photoshop 3.0\0" + resource
    segment = b"\xff\xed" + struct.pack(">H", len(body) + 2) + body
    return jpeg[:2] + segment + jpeg[2:]


def _field(number: int, text: bytes) -> bytes:
    return b"\x1c\x02" + struct.pack(">BH", number, len(text)) + text
