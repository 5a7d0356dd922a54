"""Collections for tests: real files, and catalogues that know them as a crawl would."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from spiders_project.catalogue.picture import Place, known_of
from spiders_project.catalogue.pictures import claim, finish, put_place
from spiders_project.catalogue.schema import pictures
from spiders_project.media.inspect import inspect_picture
from spiders_project.media.store import FolderStore, Shelves
from spiders_project.upkeep.adopt import Intake, adopt_in_a_run
from spiders_project.upkeep.forget import choose, forget
from spiders_project.upkeep.verify import Findings, verify
from tests.catalogue import new_run, open_catalogue, transaction
from tests.gallery import picture_bytes

BOXES = {"grid": (32, 32), "large": (64, 64)}


@dataclass(frozen=True)
class Collected:
    """A store, its thumbnails and its catalogue."""

    engine: Engine
    shelves: Shelves

    @property
    def store(self) -> FolderStore:
        return self.shelves.originals

    @property
    def files(self) -> list[str]:
        """All files of the store and of the thumbnails, as seen from the output folder."""
        root = self.store.root.parent
        found = [*self.store.root.rglob("*"), *root.glob("thumbs/**/*")]
        return sorted(path.relative_to(root).as_posix() for path in found if path.is_file())

    @property
    def states(self) -> dict[str, str]:
        """State of each picture by path."""
        with transaction(self.engine) as connection:
            rows = connection.execute(select(pictures.c.path, pictures.c.state))
            return {row.path: row.state for row in rows}

    def put(self, number: int, path: str, *, sidecar: bool = False) -> str:
        """Store a picture with its thumbnails as a crawl does; return its sha256."""
        body = picture_bytes(number)
        picture = inspect_picture(body, boxes=BOXES)
        place = place_of(number)
        run = new_run(self.engine)
        with transaction(self.engine) as connection:
            claim(connection, known_of(picture), path, run, self.store.is_free)
            self.store.add(path, body)
            for name, small in picture.thumbnails.items():
                FolderStore(self.store.root.parent / "thumbs").add(f"{name}/{path}.jpg", small)
            thumbnail = f"{next(iter(BOXES))}/{path}.jpg"
            finish(connection, picture.sha256, thumbnail, place, run)
        if sidecar:
            self.store.add(f"{path}.json", sidecar_of(number, picture.sha256))
        return picture.sha256

    def move(self, old: str, new: str) -> None:
        (self.store.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.store.root / old).rename(self.store.root / new)

    def verify(self) -> Findings:
        return verify(self.engine, self.store)

    def forget(self, *paths: str) -> list[str]:
        """Forget what paths mean; return the paths of the pictures."""
        chosen = choose(self.engine, self.store, paths)
        forget(self.engine, self.store, self.shelves.thumbnails, BOXES, chosen)
        return sorted(each.picture.path for each in chosen)

    def adopt(self, folder: Path) -> Intake:
        return adopt_in_a_run(self.engine, self.shelves, folder, lambda *_: None)

    def claim(self, number: int, wished: str) -> tuple[str, str | None]:
        """Claim a picture as a later crawl does; return the path and the state before."""
        picture = known_of(inspect_picture(picture_bytes(number)))
        run = new_run(self.engine)
        with transaction(self.engine) as connection:
            claimed = claim(connection, picture, wished, run, self.store.is_free)
        return claimed.path, claimed.state

    def outcome_of(self, place: Place, sha256: str) -> str:
        """Note a place as a later crawl does; return what the feed would say."""
        run = new_run(self.engine)
        with transaction(self.engine) as connection:
            return str(put_place(connection, place, sha256, run))


def place_of(number: int) -> Place:
    address = f"http://demo/{number}"
    return Place(f"{address}.html", f"{address}.jpg", "demo", "birds", f"Picture {number}")


def sidecar_of(number: int, sha256: str, **more: Any) -> bytes:
    """Return what lies beside a picture that a crawl has stored."""
    place = place_of(number)
    image: Mapping[str, Any] = {"url": place.address, "sha256": sha256, "opt_outs": ["noai"]}
    item = {"page_url": place.page, "site": "demo", "category": "birds", "title": place.title}
    return json.dumps(item | {"images": [image]} | more).encode()


def write_pictures(folder: Path, names: Sequence[str]) -> None:
    """Write the pictures 0, 1, 2, ... under these names."""
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(picture_bytes(number))


@contextmanager
def opened_collection(output: Path) -> Iterator[Collected]:
    """Open, or make, the collection of an output folder."""
    engine = open_catalogue(output / "catalogue.db")
    images, thumbs = FolderStore(output / "images"), FolderStore(output / "thumbs")
    yield Collected(engine, Shelves(images, thumbs, BOXES))
    engine.dispose()
