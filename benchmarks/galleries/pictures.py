"""Makes the known pictures, the same bytes on every machine and day, and lays them into folders."""

import hashlib
import io
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import Image

from benchmarks.galleries.known import KNOWN, Known
from benchmarks.galleries.metadata import exif_of, with_iptc, xmp_of
from benchmarks.gallery.picture_sets import PictureSet

_GRAIN, _FLAT_GRAIN = 4, 1
_TAKEN = 1_741_000_000
"""Seconds since 1970 at which the first file was last changed, in March 2025."""


@dataclass(frozen=True)
class Album:
    """The pictures on disk."""

    folder: Path
    """Albums as folders, names as they are."""
    plain_folder: Path
    """The same with names in ASCII."""

    def copy(self, folder: Path, *, is_plain: bool = False) -> None:
        """Lay the pictures into a folder, albums as folders; names in ASCII on demand."""
        shutil.copytree(self.plain_folder if is_plain else self.folder, folder, dirs_exist_ok=True)

    def copy_flat(self, folder: Path, *endings: str) -> None:
        """Lay pictures into one folder, names in ASCII; those with the endings, or all."""
        folder.mkdir(parents=True, exist_ok=True)
        for each in KNOWN:
            if not endings or each.plain_path.suffix in endings:
                shutil.copy2(self.plain_folder / each.plain_path, folder)

    @cached_property
    def sha256(self) -> Mapping[Known, str]:
        """Return what the bytes of each picture hash to."""
        return {
            each: hashlib.sha256((self.folder / each.path).read_bytes()).hexdigest()
            for each in KNOWN
        }


def make_pictures(folder: Path) -> Album:
    """Return the pictures below a folder; those that are missing are made, on all cores."""
    name = f"pictures-{_recipe()}"
    album = Album(folder / name, folder / f"{name}-plain")
    missing = [each for each in KNOWN if not (album.folder / each.path).exists()]
    if missing:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            for _ in pool.map(_make, missing, [album.folder] * len(missing)):
                pass
    for each in KNOWN:
        copy = album.plain_folder / each.plain_path
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(album.folder / each.path, copy)
    return album


def _recipe() -> str:
    """Return a mark that changes with what makes the pictures."""
    here = Path(__file__).parent
    files = [here / f"{name}.py" for name in ("known", "metadata", "pictures")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _make(picture: Known, folder: Path) -> None:
    file = folder / picture.path
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    unfinished.write_bytes(_encode(picture))
    os.utime(unfinished, (_TAKEN + picture.number * 3600,) * 2)
    unfinished.replace(file)


def _encode(picture: Known) -> bytes:
    ending = picture.name.rsplit(".", 1)[1].lower()
    grain = _GRAIN if ending != "png" else _FLAT_GRAIN
    width, height = picture.size
    painted = PictureSet("galleries", width, height, grain, usual_count=0).jpeg(picture.number)
    image, file = Image.open(io.BytesIO(painted)), io.BytesIO()
    if ending == "jpg":
        image.save(file, "JPEG", quality=90, exif=exif_of(picture), xmp=xmp_of(picture))
        return with_iptc(file.getvalue(), picture)
    if ending == "webp":
        image.save(file, "WEBP", quality=88, exif=exif_of(picture), xmp=xmp_of(picture))
    else:
        image.save(file, "PNG", exif=exif_of(picture))
    return file.getvalue()
