"""The remote stores that IMAGES_STORE and THUMBS_STORE mean, with Scrapy's settings for them."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

from scrapy.settings import BaseSettings

from spiders_project.errors import CannotStart
from spiders_project.media.remote.address import BucketAddress, FtpAddress
from spiders_project.media.remote.ftp import FtpOptions, FtpStore
from spiders_project.media.remote.store import RemoteStore, StoreFailed
from spiders_project.urls import without_password

_WORDS_OF_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def is_remote(place: str) -> bool:
    """Tell whether a store is no folder of this machine."""
    return "://" in place


def open_store(place: str, settings: BaseSettings, *, is_patient: bool = True) -> RemoteStore:
    """Return the store at an address; raises WrongInput and StoreFailed, without connecting."""
    return _STORES[place.partition("://")[0].lower()](place, settings, is_patient)


def try_stores(settings: BaseSettings) -> None:
    """Raise a sentence for a remote store that cannot be written to."""
    for name in ("IMAGES_STORE", "THUMBS_STORE"):
        place = str(settings[name])
        if is_remote(place):
            try:
                with closing(open_store(place, settings, is_patient=False)) as store:
                    store.try_out()
            except StoreFailed as error:
                shown = f"{name} ({without_password(place)})"
                raise CannotStart(f"{shown} cannot be written to: {error}") from error


def _s3(place: str, settings: BaseSettings, is_patient: bool) -> RemoteStore:
    from spiders_project.media.remote.s3 import S3Options, S3Store  # noqa: PLC0415 - an extra

    client = {
        "aws_access_key_id": settings["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": settings["AWS_SECRET_ACCESS_KEY"],
        "aws_session_token": settings["AWS_SESSION_TOKEN"],
        "endpoint_url": settings["AWS_ENDPOINT_URL"],
        "region_name": settings["AWS_REGION_NAME"],
        "use_ssl": _true_or_false(settings["AWS_USE_SSL"]),
        "verify": _true_or_false(settings["AWS_VERIFY"]),
    }
    options = S3Options(
        {name: value for name, value in client.items() if value not in (None, "")},
        settings["IMAGES_STORE_S3_ACL"],
        settings.getint("AWS_MAX_POOL_CONNECTIONS") or _uploads_at_once(settings),
        is_patient,
    )
    return S3Store(BucketAddress.of(place), options)


def _gcs(place: str, settings: BaseSettings, is_patient: bool) -> RemoteStore:
    from spiders_project.media.remote.gcs import GcsOptions, GcsStore  # noqa: PLC0415 - an extra

    options = GcsOptions(
        settings["GCS_PROJECT_ID"] or None,
        settings["IMAGES_STORE_GCS_ACL"] or None,
        _uploads_at_once(settings),
        is_patient,
    )
    return GcsStore(BucketAddress.of(place), options)


def _ftp(place: str, settings: BaseSettings, is_patient: bool) -> RemoteStore:
    address = FtpAddress.of(place, settings["FTP_USER"], settings["FTP_PASSWORD"])
    return FtpStore(address, FtpOptions(settings.getbool("FEED_STORAGE_FTP_ACTIVE"), is_patient))


_STORES: dict[str, Callable[[str, BaseSettings, bool], RemoteStore]] = {
    "s3": _s3,
    "gs": _gcs,
    "ftp": _ftp,
}


def _uploads_at_once(settings: BaseSettings) -> int:
    return settings.getint("REACTOR_THREADPOOL_MAXSIZE")


def _true_or_false(value: Any) -> Any:
    """Return what a person has written for True or False as such: the command line knows text."""
    return _WORDS_OF_TRUTH.get(str(value).lower(), value)
