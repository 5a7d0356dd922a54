"""Site files of one's own, outside of the package."""

from pathlib import Path

from scrapy.settings import BaseSettings

from spiders_project.pages import registry


class PrivateSites:
    """Scrapy add-on: makes the site files in SITES_DIR known."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Read the folder; raises WrongInput where it is none, or a file in it does not load."""
        if folder := settings.get("SITES_DIR"):
            registry.add_folder(Path(folder).expanduser())
