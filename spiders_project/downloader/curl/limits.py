"""What a download may cost: bytes and seconds, by the settings and by the meta of its request."""

from dataclasses import dataclass
from typing import Self

from scrapy import Request
from scrapy.settings import BaseSettings

from spiders_project.downloader.sink import SINK


@dataclass(frozen=True)
class Limits:
    """0 means no limit."""

    most_bytes: int
    """A larger body is not taken: announced, or counted while it comes."""
    warn_bytes: int
    """A larger body is told in the log."""
    total_seconds: float
    silence_seconds: float
    """Time without a single byte."""
    connect_seconds: float
    """Time to look the name up and to connect, TLS included."""
    fails_on_data_loss: bool
    """False: what came before the connection was lost is a response."""


@dataclass(frozen=True)
class LimitSettings:
    """The limits of all requests."""

    most_bytes: int
    warn_bytes: int
    connect_seconds: float
    picture_seconds: float
    fails_on_data_loss: bool

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Read the settings."""
        return cls(
            most_bytes=settings.getint("DOWNLOAD_MAXSIZE"),
            warn_bytes=settings.getint("DOWNLOAD_WARNSIZE"),
            connect_seconds=settings.getfloat("CONNECT_TIMEOUT"),
            picture_seconds=settings.getfloat("PICTURE_TIMEOUT"),
            fails_on_data_loss=settings.getbool("DOWNLOAD_FAIL_ON_DATALOSS"),
        )

    def of_request(self, request: Request) -> Limits:
        """Return the limits of one request; a body for a sink may take long, but not be silent."""
        meta = request.meta
        seconds = float(meta.get("download_timeout") or 0)
        is_streamed = SINK in meta
        return Limits(
            most_bytes=meta.get("download_maxsize", self.most_bytes),
            warn_bytes=meta.get("download_warnsize", self.warn_bytes),
            total_seconds=self.picture_seconds if is_streamed else seconds,
            silence_seconds=seconds if is_streamed else 0,
            connect_seconds=self.connect_seconds,
            fails_on_data_loss=meta.get("download_fail_on_dataloss", self.fails_on_data_loss),
        )
