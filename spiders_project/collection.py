"""The collection that the settings of a command mean, opened outside of a crawl."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scrapy.settings import BaseSettings
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from spiders_project.addons.output import OutputFolder
from spiders_project.errors import CannotStart, WrongInput
from spiders_project.media.store import INCOMING, FolderStore, Shelves
from spiders_project.terminal import say
from spiders_project.upkeep.rebuild import open_or_rebuild
from spiders_project.urls import without_password


@dataclass(frozen=True)
class OpenCollection:
    """Files and catalogue."""

    engine: Engine
    shelves: Shelves

    @property
    def originals(self) -> FolderStore:
        """Return the folder of the pictures."""
        return self.shelves.originals


def shelves_of(settings: BaseSettings) -> Shelves | None:
    """Return the folders of the pictures; None where they are not on this machine."""
    place, thumbs = str(settings["IMAGES_STORE"]), str(settings["THUMBS_STORE"])
    boxes = {name: (int(w), int(h)) for name, (w, h) in settings.getdict("IMAGES_THUMBS").items()}
    thumbnails = None if "://" in thumbs else FolderStore(thumbs)
    return None if "://" in place else Shelves(FolderStore(place), thumbnails, boxes)


def incoming_of(settings: BaseSettings) -> Path:
    """Return the folder for pictures on their way: on the disk of the store, if it is one here."""
    place = str(settings["IMAGES_STORE"])
    return Path(settings["OUTPUT_DIR"] if "://" in place else place, INCOMING)


def feeds_of(settings: BaseSettings) -> list[Path]:
    """Return the JSON feeds of the output folder."""
    return sorted(Path(settings["OUTPUT_DIR"]).glob("*.json"))


@contextmanager
def open_collection(settings: BaseSettings) -> Iterator[OpenCollection]:
    """Open the collection of OUTPUT_DIR; raises WrongInput, CannotStart with a sentence."""
    OutputFolder.update_pre_crawler_settings(settings)
    shelves = shelves_of(settings)
    if shelves is None:
        place = without_password(settings["IMAGES_STORE"])
        raise WrongInput(f"IMAGES_STORE={place} is no folder of this machine, and has to be one")
    engine = open_or_rebuild(
        settings["CATALOGUE_URL"], shelves, feeds_of(settings), partial(say, "catalogue")
    )
    try:
        yield OpenCollection(engine, shelves)
    except OSError as error:
        raise CannotStart(f"{error.filename}: {error.strerror}") from None
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or error
        raise CannotStart(f"the catalogue cannot be used: {reason}") from None
    finally:
        engine.dispose()
