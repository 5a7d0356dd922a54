"""The output folder: where pictures, feeds and the log of a crawl lie, all from OUTPUT_DIR."""

from pathlib import Path

from scrapy.settings import BaseSettings
from scrapy.utils.conf import closest_scrapy_cfg
from w3lib.url import file_uri_to_path


def output_folder(settings: BaseSettings) -> Path:
    """Return OUTPUT_DIR as an absolute path.

    A relative one starts at the working directory, as on any command line; an
    empty one is ``output`` beside scrapy.cfg, or here where there is none (scrapyd).
    """
    if chosen := settings.get("OUTPUT_DIR"):
        return Path(chosen).expanduser().absolute()
    config = closest_scrapy_cfg()
    return (Path(config).parent if config else Path.cwd()).absolute() / "output"


class OutputFolder:
    """Scrapy add-on: derives the places that are not set themselves, before any crawler is made."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Set IMAGES_STORE, THUMBS_STORE, CATALOGUE_URL and FEEDS below OUTPUT_DIR."""
        folder = output_folder(settings)
        derived = {
            "OUTPUT_DIR": str(folder),
            "IMAGES_STORE": str(folder / "images"),
            "THUMBS_STORE": str(folder / "thumbs"),
            "CATALOGUE_URL": f"sqlite:///{folder / 'catalogue.db'}",
            "FEEDS": {str(folder / "%(name)s.json"): {"overwrite": True, "indent": 2}},
        }
        for name, value in derived.items():
            if not settings.get(name):
                settings.set(name, value, priority="project")
        for name in ("OUTPUT_DIR", "IMAGES_STORE", "THUMBS_STORE"):
            place = str(settings[name])
            if place.startswith("file://") and name != "OUTPUT_DIR":
                settings.set(name, file_uri_to_path(place), priority="cmdline")
            # The shell leaves the ~ of NAME=~/folder as it is.
            elif place.startswith("~"):
                settings.set(name, str(Path(place).expanduser()), priority="cmdline")
