"""Scrapy projects: this one, and a stock one with the pipelines that come with Scrapy."""

import json
import sys
from collections.abc import Mapping
from types import MappingProxyType

from benchmarks.contestants.contestant import AT_ONCE, Command, Contestant, Job
from spiders_project import settings as project_settings

_THUMBNAIL_BOX = (256, 256)
_HASTE = {
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": AT_ONCE,
    "CONCURRENT_REQUESTS_PER_DOMAIN": AT_ONCE,
}
"""The same for all: no politeness towards this machine."""
_STOCK_PIPELINES = {
    "images": {
        "ITEM_PIPELINES": json.dumps({"scrapy.pipelines.images.ImagesPipeline": 1}),
        "IMAGES_THUMBS": json.dumps({"small": _THUMBNAIL_BOX}),
        # The spider of the peer yields what a FilesPipeline wants.
        "IMAGES_URLS_FIELD": "file_urls",
        "IMAGES_RESULT_FIELD": "images",
    },
    "files": {},
}

EVERYTHING: Mapping[str, object] = {"IMAGES_THUMBS": json.dumps({"grid": _THUMBNAIL_BOX})}
"""The defaults of this project, with a thumbnail of the size that the others make."""
# Decoding can be switched off in versions that have a setting for it.
_HEADERS_ONLY = {"PICTURE_CHECKS": "header"} if hasattr(project_settings, "PICTURE_CHECKS") else {}
FETCH_ONLY: Mapping[str, object] = {"IMAGES_THUMBS": "{}", **_HEADERS_ONLY}


_NONE: Mapping[str, object] = MappingProxyType({})


def crawl_words(job: Job, settings: Mapping[str, object]) -> list[str]:
    """Return the words of ``scrapy`` that crawl a category with this project."""
    own = {
        "SITE_ROOTS": json.dumps({"moyublog": job.site}),
        "OUTPUT_DIR": job.folder,
        "PROGRESS_ENABLED": False,
    }
    words = ["crawl", "wallpapers", "-a", "site=moyublog", "-a", f"category={job.category}"]
    return [*words, *_flags({**_HASTE, **own, **settings})]


def stock_words(job: Job, pipeline: str, settings: Mapping[str, object]) -> list[str]:
    """Return the words of ``scrapy`` that crawl a category with a stock pipeline."""
    feed = json.dumps({str(job.folder / "pictures.json"): {"format": "json"}})
    own = {
        "FILES_STORE": job.folder / "files",
        "IMAGES_STORE": job.folder / "files",
        "FEEDS": feed,
        "LOG_FILE": job.folder / "crawl.log",
    }
    words = ["crawl", "pictures", "-a", f"first={job.listing}"]
    return [*words, *_flags({**_HASTE, **own, **_STOCK_PIPELINES[pipeline], **settings})]


def ours(settings: Mapping[str, object], job: Job) -> Command:
    """Return the command of this project."""
    return Command([sys.executable, "-m", "scrapy", *crawl_words(job, settings)])


def stock(pipeline: str, job: Job, settings: Mapping[str, object] = _NONE) -> Command:
    """Return the command of a project with a stock pipeline, and settings of one's own."""
    environment = {"SCRAPY_SETTINGS_MODULE": "benchmarks.peer.settings"}
    return Command(
        [sys.executable, "-m", "scrapy", *stock_words(job, pipeline, settings)], environment
    )


def _flags(settings: Mapping[str, object]) -> list[str]:
    return [flag for name, value in settings.items() for flag in ("-s", f"{name}={value}")]


PROJECTS = (
    Contestant("ours", "this project, everything on", lambda job: ours(EVERYTHING, job)),
    Contestant("fetch", "this project, fetch only", lambda job: ours(FETCH_ONLY, job)),
    Contestant(
        "images",
        "Scrapy ImagesPipeline + thumbnail",
        lambda job: stock("images", job),
        may_lose_bytes=True,
    ),
    Contestant("files", "Scrapy FilesPipeline", lambda job: stock("files", job)),
)
