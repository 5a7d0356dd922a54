"""What a look at a picture costs with each decoder, and what each notices.

python -m benchmarks.decoders
"""

import io
import random
import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pyvips  # type: ignore[import-untyped]
import simplejpeg  # type: ignore[import-untyped]
from PIL import Image

from benchmarks.machine import machine
from benchmarks.table import table
from spiders_project.media.inspect import Limits, PictureRefused, inspect_picture

_BOX = 256
_QUALITY = 82
_SIZES = {"50 KB": (800, 500, 75, 6), "0.5 MB": (1920, 1080, 78, 11), "3 MB": (3840, 2160, 82, 16)}
"""Width, height, JPEG quality and strength of the noise of each picture."""
_ROUNDS = 9
_CUTS = 20
_ZEROS = 2_000

Look = Callable[[bytes], object]


def _by_pillow(body: bytes) -> bytes:
    with Image.open(io.BytesIO(body)) as image:
        image.draft("RGB", (_BOX, _BOX))
        image.load()
        image.thumbnail((_BOX, _BOX), reducing_gap=2.0)
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=_QUALITY)
        return buffer.getvalue()


def _by_simplejpeg(body: bytes) -> bytes:
    pixels = simplejpeg.decode_jpeg(body, "RGB", min_width=_BOX, min_height=1, strict=True)
    image = Image.fromarray(pixels)
    image.thumbnail((_BOX, _BOX), Image.Resampling.HAMMING)
    small = np.ascontiguousarray(np.asarray(image))
    return bytes(simplejpeg.encode_jpeg(small, _QUALITY, "RGB", colorsubsampling="420"))


def _by_libvips(body: bytes) -> bytes:
    width, _ = Image.open(io.BytesIO(body)).size
    shrink = next(each for each in (8, 4, 2, 1) if width // each >= _BOX)
    strict = {"fail_on": "warning", "access": "sequential"}
    image = pyvips.Image.jpegload_buffer(body, shrink=shrink, **strict)
    return bytes(image.thumbnail_image(_BOX, height=_BOX).jpegsave_buffer(Q=_QUALITY))


def _by_us(body: bytes) -> object:
    return inspect_picture(body, Limits(), {"small": (_BOX, _BOX)})


_LOOKS: dict[str, Look] = {
    "Pillow, draft": _by_pillow,
    "simplejpeg, scaled": _by_simplejpeg,
    "libvips": _by_libvips,
    "ours: all of the check": _by_us,
}
_REFUSALS = (OSError, ValueError, SyntaxError, pyvips.Error, PictureRefused)


def main() -> None:
    """Measure, in turn, and print a table."""
    bodies = {name: _photo(*size) for name, size in _SIZES.items()}
    rows = [
        [
            look,
            *(f"{_cost_ms(_LOOKS[look], body):.1f}" for body in bodies.values()),
            *_noticed(_LOOKS[look], bodies["50 KB"]),
        ]
        for look in _LOOKS
    ]
    head = ["decoder", *(f"{name}, ms" for name in bodies), "cut", "zeroed in the middle"]
    print("CPU of a decode and a thumbnail of 256 pixels; cut at 20 places, 2,000 bytes zeroed\n")
    print(table(head, rows))
    print(f"\n{machine()}")


def _photo(width: int, height: int, quality: int, noise: int) -> bytes:
    chance = np.random.default_rng(width)
    ground = Image.fromarray(chance.integers(0, 255, (9, 16, 3), dtype=np.uint8))
    smooth = np.asarray(ground.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float64)
    grain = chance.normal(0, noise, (height, width, 1))
    buffer = io.BytesIO()
    pixels = np.clip(smooth + grain, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def _cost_ms(look: Look, body: bytes) -> float:
    look(body)
    costs = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        look(body)
        costs.append(1000 * (time.process_time() - begun))
    return median(costs)


def _noticed(look: Look, body: bytes) -> tuple[str, str]:
    places = random.Random(1).sample(  # noqa: S311 - no secret
        range(len(body) // 10, len(body) - 100), _CUTS
    )
    cut = [body[:place] for place in places]
    inner = [place for place in places if place < len(body) - _ZEROS - 100]
    zeroed = [body[:at] + bytes(_ZEROS) + body[at + _ZEROS :] for at in inner]
    return tuple(  # type: ignore[return-value]  # two of them
        f"{sum(_refuses(look, each) for each in broken)} of {len(broken)}"
        for broken in (cut, zeroed)
    )


def _refuses(look: Look, body: bytes) -> bool:
    try:
        look(body)
    except _REFUSALS:
        return True
    return False


if __name__ == "__main__":
    main()
