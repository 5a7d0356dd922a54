"""Remote stores, each against a real server of this machine."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from scrapy.settings import Settings

from spiders_project.media.remote.store import RemoteStore
from spiders_project.pipelines.remote_stores import open_store
from tests.remote_servers import RemoteServer


def project(**given: Any) -> Settings:
    """Return the settings of the project, with some given on the command line."""
    settings = Settings()
    settings.setmodule("spiders_project.settings", priority="project")
    settings.setdict(given, priority="cmdline")
    return settings


@contextmanager
def store_of(server: RemoteServer, **more: Any) -> Iterator[RemoteStore]:
    """Open the store that the address of a server means."""
    with closing(open_store(server.place, project(**server.settings, **more))) as store:
        yield store
