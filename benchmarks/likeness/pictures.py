"""The made set: several hundred pictures, no two the same, many of them of like mood."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops

from benchmarks.errors import CannotMeasure
from benchmarks.likeness.drawings import DRAWINGS
from spiders_project.demo.art.finish import develop
from spiders_project.demo.art.scenes import SCENES
from spiders_project.demo.catalogue import PICTURES
from spiders_project.demo.picture import DemoPicture

DEMO = "pictures of the demo site"
_REPAINTED = "the same, with other seeds"
_RECOLOURED = "the same, in other colours"
_GROUND = (24, 26, 32)
_SEEDS_APART = 1000
_COLOURFUL = 8
_PHOTO_SIZE = (960, 960)
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class Made:
    """A picture of the set; ``make`` can be sent to another process."""

    kind: str
    name: str
    make: Callable[[], Image.Image]
    mood: str = ""
    """Pictures of one mood, where there is any, are hard to tell apart; of any kind."""


def made_set(scale: float = 0.5) -> list[Made]:
    """Return the whole set; what is painted has ``scale`` times the size of the demo's."""
    return [*demo_pictures(scale), *repaintings(scale), *_recolourings(scale), *_drawn()]


def demo_pictures(scale: float = 0.5) -> list[Made]:
    """Return the 148 pictures of the demo site."""
    return [
        Made(DEMO, _name(picture), partial(_painting, picture, scale), picture.brief.scene)
        for picture in PICTURES
    ]


def repaintings(scale: float = 0.5, seeds: int = 1) -> Iterator[Made]:
    """Yield the demo's pictures once more: same painter, same colours, other seeds.

    The painter that takes no chances is left out, since it would paint the same again.
    """
    for number in range(1, seeds + 1):
        for picture in PICTURES:
            if picture.brief.scene != "tide_loop":
                make = partial(_painting, picture, scale, number * _SEEDS_APART)
                yield Made(
                    _REPAINTED, f"{_name(picture)}, seed {number}", make, picture.brief.scene
                )


def _recolourings(scale: float) -> Iterator[Made]:
    """Yield the demo's pictures once more, as light as before, in other colours.

    Those that have hardly any colour are left out, since they would stay the same.
    """
    for picture in PICTURES:
        colours = np.asarray(_painting(picture, 0.25).convert("YCbCr"), dtype=np.int16)[..., 1:]
        if np.abs(colours - 128).mean() > _COLOURFUL:
            make = partial(_recolouring, picture, scale)
            yield Made(_RECOLOURED, f"{_name(picture)}, recoloured", make, picture.brief.scene)


def _drawn() -> Iterator[Made]:
    for kind, drawing in DRAWINGS.items():
        for number in range(drawing.count):
            yield Made(kind, f"{kind} {number}", partial(_draw, kind, number), kind)


def photographs(folder: Path) -> list[Made]:
    """Return the pictures in a folder, those below it too; raises CannotMeasure for none."""
    files = [file for file in sorted(folder.rglob("*")) if file.suffix.lower() in _SUFFIXES]
    if not files:
        raise CannotMeasure(f"{folder} has no pictures ({', '.join(_SUFFIXES)})")
    kind = "pictures of the folder"
    return [Made(kind, str(file.relative_to(folder)), partial(_opened, file)) for file in files]


def _name(picture: DemoPicture) -> str:
    return f"{picture.category}/{picture.slug}"


def _painting(picture: DemoPicture, scale: float, seed: int = 0) -> Image.Image:
    width, height = (round(side * scale / 4) * 4 for side in picture.brief.size)
    brief = replace(picture.brief, size=(width, height), seed=picture.brief.seed + seed)
    return _on_ground(develop(SCENES[brief.scene](brief)))


def _recolouring(picture: DemoPicture, scale: float) -> Image.Image:
    luma, blue, red = _painting(picture, scale).convert("YCbCr").split()
    return Image.merge("YCbCr", (luma, ImageChops.invert(red), blue)).convert("RGB")


def _draw(kind: str, number: int) -> Image.Image:
    return DRAWINGS[kind].draw(np.random.default_rng([number, *kind.encode()]), number)


def _opened(file: Path) -> Image.Image:
    with Image.open(file) as image:
        image.draft("RGB", _PHOTO_SIZE)
        image.thumbnail(_PHOTO_SIZE, Image.Resampling.LANCZOS)
        return _on_ground(image)


def _on_ground(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, _GROUND)
    return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
