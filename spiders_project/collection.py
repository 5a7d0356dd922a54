"""The collection that the settings of a command mean, opened outside of a crawl."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scrapy.settings import BaseSettings
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from spiders_project.addons.output import OutputFolder
from spiders_project.catalogue.opening import open_catalogue
from spiders_project.errors import CannotStart, WrongInput
from spiders_project.media.store import FolderStore
from spiders_project.upkeep.adopt import Shelves


@dataclass(frozen=True)
class OpenCollection:
    """Files and catalogue."""

    engine: Engine
    shelves: Shelves

    @property
    def originals(self) -> FolderStore:
        """Return the folder of the pictures."""
        return self.shelves.originals


@contextmanager
def open_collection(settings: BaseSettings) -> Iterator[OpenCollection]:
    """Open the collection of OUTPUT_DIR; raises WrongInput, CannotStart with a sentence."""
    OutputFolder.update_pre_crawler_settings(settings)
    place = str(settings["IMAGES_STORE"])
    if "://" in place:
        raise WrongInput(f"IMAGES_STORE={place} is no folder of this machine, and has to be one")
    thumbs = str(settings["THUMBS_STORE"])
    boxes = {name: (int(w), int(h)) for name, (w, h) in settings.getdict("IMAGES_THUMBS").items()}
    shelves = Shelves(FolderStore(place), None if "://" in thumbs else FolderStore(thumbs), boxes)
    engine = open_catalogue(settings["CATALOGUE_URL"])
    try:
        yield OpenCollection(engine, shelves)
    except OSError as error:
        raise CannotStart(f"{error.filename}: {error.strerror}") from None
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or error
        raise CannotStart(f"the catalogue cannot be used: {reason}") from None
    finally:
        engine.dispose()
