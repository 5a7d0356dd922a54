"""Unpacks PNG, TIFF, WebP, AVIF and huge JPEG by libvips, as far as possible in strips."""

import pyvips
from PIL import Image

from spiders_project.media.decoders.deflated import prove_deflated
from spiders_project.media.decoders.mending import plain_header
from spiders_project.media.decoders.small import Small
from spiders_project.media.header import Header
from spiders_project.media.refusal import damaged
from spiders_project.media.source import Source

# A picture is one thread's work, others work on other pictures; no picture is looked at twice.
pyvips.concurrency_set(1)
pyvips.cache_set_max(0)

_LOADERS = {
    "PNG": "pngload",
    "TIFF": "tiffload",
    "WEBP": "webpload",
    "AVIF": "heifload",
    "JPEG": "jpegload",
}
_STRICT = {"access": "sequential", "fail_on": "warning"}
_LAST_BYTES, _LAST_PIECE_BYTES, _MOST_PADDING_BYTES = 1 << 16, 64, 128
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
_DEEP = {"rgb16": "srgb", "grey16": "b-w", "scrgb": "srgb", "lab": "srgb", "labs": "srgb"}


def stream(source: Source, header: Header, end: int, scale: float) -> Small:
    """Unpack a picture, all pages of it; raises PictureRefused.

    ``scale`` is that of the smallest picture that will do. AVIF comes upright.
    """
    try:
        if header.format == "JPEG" and source.body is None:
            return _stream_jpeg(source, header, end, scale)
        factor = int(1 / scale)
        if header.format == "WEBP":  # libwebp has room for a few rows only while it shrinks
            first = _shrunk(_load(source, header, end, scale=1 / factor), 1)
        else:
            first = _shrunk(_load(source, header, end), factor)
        small = Small(_in_8_bits(first), _profile(first), header.format == "AVIF")
        if header.format == "TIFF":
            for page in range(1, header.frames):
                _load(source, header, end, page=page).avg()
            prove_deflated(source)
    except pyvips.Error as error:
        # What libvips says of the reason may come from another thread.
        raise damaged(f"the {header.format} file does not decode") from error
    return small


def _stream_jpeg(source: Source, header: Header, end: int, scale: float) -> Small:
    """Unpack a JPEG that is read in pieces; libvips would map the whole file into memory."""
    pieces = _Pieces(source, end)
    custom = pyvips.SourceCustom()
    custom.on_read(pieces.read)
    # jpegload_source() would let go of the function while the picture is still being read.
    image = _shrunk(pyvips.Image.new_from_source(custom, "", **_STRICT), int(1 / scale))
    small = Small(_in_8_bits(image), header.blocks.icc)
    if pieces.left > _MOST_PADDING_BYTES:
        raise damaged(f"{pieces.left} bytes of the JPEG file are left behind its last row")
    return small


class _Pieces:
    """Reads a JPEG up to its end, in small pieces at last, to see how many its decoder needed."""

    def __init__(self, source: Source, end: int) -> None:
        self._source = source
        self._header, self._place = plain_header(source)
        self.left = end - self._place

    def read(self, length: int) -> bytes:
        """Return the next bytes, fewer than asked for where the end is near."""
        if self._header:
            block, self._header = self._header[:length], self._header[length:]
            return block
        if self.left <= _LAST_BYTES:
            length = min(length, _LAST_PIECE_BYTES)
        block = self._source.read(self._place, min(length, self.left))
        self._place += len(block)
        self.left -= len(block)
        return block


def _load(source: Source, header: Header, end: int, **options: float) -> pyvips.Image:
    name = _LOADERS[header.format]
    body = source.up_to(end)
    if body is not None:
        return getattr(pyvips.Image, f"{name}_buffer")(body, **_STRICT, **options)
    return getattr(pyvips.Image, name)(str(source.path), **_STRICT, **options)


def _shrunk(image: pyvips.Image, factor: int) -> pyvips.Image:
    """Return a picture on white, shrunk by a whole number; every row of it is read."""
    if image.hasalpha():
        image = image.flatten(background=65535 if image.format == "ushort" else 255)
    across, down = min(factor, image.width), min(factor, image.height)
    return image.shrinkv(down, ceil=True).shrinkh(across, ceil=True)


def _in_8_bits(image: pyvips.Image) -> Image.Image:
    if image.interpretation in _DEEP:
        image = image.colourspace(_DEEP[image.interpretation])
    elif image.format == "ushort":
        image = image >> 8
    elif image.format != "uchar":
        image = _stretched(image.extract_band(0))
    if image.bands not in _MODES or (image.bands == 4 and image.interpretation != "cmyk"):
        image = image.extract_band(0, n=3 if image.bands > 3 else 1)
    size = image.width, image.height
    pixels = image.cast("uchar").write_to_memory()
    mode = _MODES[image.bands]
    return Image.frombuffer(mode, size, pixels, "raw", mode, 0, 1)


def _stretched(image: pyvips.Image) -> pyvips.Image:
    """Return numbers of any kind as grey from black to white."""
    image = image.copy_memory()
    low, high = image.min(), image.max()
    return (image - low) * (255 / (high - low) if high > low else 1)


def _profile(image: pyvips.Image) -> bytes | None:
    if image.get_typeof("icc-profile-data") == 0:
        return None
    return bytes(image.get("icc-profile-data"))
