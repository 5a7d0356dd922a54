"""Fingerprints of pictures and of all their variants, taken from files as a crawl takes them."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from benchmarks.likeness.pictures import Made
from benchmarks.likeness.variants import VARIANTS, encoded
from benchmarks.progress import Progress
from spiders_project.media.fingerprint import fingerprint

_SMALL = (256, 256)

Changed = tuple[str, str]
"""What was done to a picture: the group of a change, and its name."""


@dataclass(frozen=True)
class Prints:
    """The fingerprint of a picture, None for a flat one, and those of its variants."""

    made: Made
    original: str | None
    variants: Mapping[Changed, str | None]


def prints_of_all(pictures: Sequence[Made], what: str, with_variants: bool = True) -> list[Prints]:
    """Make all pictures, on all cores, and take their fingerprints."""
    progress = Progress(what)
    found: list[Prints] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        take = _prints if with_variants else _original
        for prints in pool.map(take, pictures, chunksize=4):
            found.append(prints)
            progress.show(len(found), len(pictures))
    progress.end(f"{len(found):,} pictures")
    return found


def _prints(made: Made) -> Prints:
    image = made.make()
    variants = {
        (group, name): _fingerprint_of_file(change(image))
        for group, changes in VARIANTS.items()
        for name, change in changes.items()
    }
    return Prints(made, _fingerprint_of_file(_lossless(image)), variants)


def _original(made: Made) -> Prints:
    return Prints(made, _fingerprint_of_file(_lossless(made.make())), {})


def _lossless(image: Image.Image) -> bytes:
    return encoded(image, "PNG", compress_level=1)


def _fingerprint_of_file(body: bytes) -> str | None:
    """Decode as for a thumbnail: a JPEG at the scale that is not smaller than it is to be."""
    with Image.open(BytesIO(body)) as image:
        image.draft("RGB", _SMALL)
        return fingerprint(image if image.mode == "L" else image.convert("RGB"))
