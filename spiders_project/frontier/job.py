"""What counts as the same job, and where its frontier lies."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.settings import BaseSettings

from spiders_project.catalogue.runs import Job


def job_of(spider: Spider) -> Job:
    """Return the job of a spider: its name and its arguments.

    A spider that has ``job_arguments`` says itself what makes it another job;
    of others it is every argument that Scrapy has made an attribute.
    """
    arguments: Mapping[str, Any] | None = getattr(spider, "job_arguments", None)
    if arguments is None:
        given = {name: value for name, value in vars(spider).items() if isinstance(value, str)}
        arguments = {name: value for name, value in given.items() if name not in _NO_ARGUMENTS}
    text = json.dumps([spider.name, arguments], sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    site = getattr(getattr(spider, "site", None), "name", None)
    return Job(f"{spider.name}-{digest}", spider.name, site, arguments)


_NO_ARGUMENTS = ("name", "_job", "_version", "restart")


def frontier_file(settings: BaseSettings, job: Job) -> Path:
    """Return the file of a job's frontier: in JOBDIR where that is set, else in OUTPUT_DIR."""
    folder = settings.get("JOBDIR") or Path(settings["OUTPUT_DIR"]) / "frontier"
    return Path(folder) / f"{job.name}.db"
