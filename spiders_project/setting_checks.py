"""Checks what a person sets (``-s NAME=VALUE``) and where feeds go, before anything starts."""

import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from difflib import get_close_matches
from importlib.util import find_spec
from logging import getLevelNamesMapping
from math import isfinite, nan
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings, default_settings
from scrapy.utils.conf import arglist_to_dict
from w3lib.url import file_uri_to_path

from spiders_project import settings as project_settings
from spiders_project.errors import CannotStart, WrongInput
from spiders_project.media.inspect import Checks
from spiders_project.media.paths import PathTemplate
from spiders_project.politeness.opt_outs import KNOWN
from spiders_project.urls import split_web_address, without_password
from spiders_project.values.aspect import Aspect
from spiders_project.values.cookies_txt import read_cookies
from spiders_project.values.sizes import parse_size

# Scrapy's components read these without declaring a default for them.
_UNDECLARED = frozenset(
    {
        "IMAGES_EXPIRES",
        "IMAGES_MIN_HEIGHT",
        "IMAGES_MIN_WIDTH",
        "IMAGES_RESULT_FIELD",
        "IMAGES_URLS_FIELD",
        "META_COPY_WARN_SKIP_KEYS",
    }
)
_BOUNDS: dict[str, tuple[int, int | None]] = {
    "BROWSER_PAGES": (1, None),
    "BROWSER_SCROLLS": (0, None),
    "BROWSER_TIMEOUT": (1, None),
    "CONNECT_TIMEOUT": (0, None),
    "CONCURRENT_ITEMS": (1, None),
    "CONCURRENT_REQUESTS": (1, None),
    "CONCURRENT_REQUESTS_PER_DOMAIN": (1, None),
    "DEMO_PORT": (0, 65535),
    "DOWNLOAD_DELAY": (0, None),
    "DOWNLOAD_MAXSIZE": (0, None),
    "DOWNLOAD_TIMEOUT": (0, None),
    "PICTURES_IN_FLIGHT": (1, None),
    "PICTURE_BUFFER_BYTES": (1, None),
    "PICTURE_BYTES_IN_FLIGHT": (1, None),
    "PICTURE_MAX_PIXELS": (1, None),
    "PICTURE_TIMEOUT": (0, None),
    "PICTURE_WORKERS": (0, None),
    "RETRY_TIMES": (0, None),
}
_TRUTH_VALUES = ("0", "1", "True", "true", "False", "false")
# Numbers that Scrapy declares as whole and reads with a fraction.
_FRACTIONS = frozenset(
    {
        "AUTOTHROTTLE_MAX_DELAY",
        "AUTOTHROTTLE_START_DELAY",
        "CLOSESPIDER_TIMEOUT",
        "DNS_TIMEOUT",
        "DOWNLOAD_DELAY",
        "DOWNLOAD_TIMEOUT",
        "LOGSTATS_INTERVAL",
    }
)
_HOST = re.compile(r"[\w.-]+")
_PROXY_HOST = re.compile(r"[\w.:-]+")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
_STORE_SCHEMES = ("s3", "gs", "ftp")
_WIDTH_AND_HEIGHT = 2
_WHOLE_NUMBERS = frozenset({"IMAGES_MIN_HEIGHT", "IMAGES_MIN_WIDTH"})
_LIBRARIES = {"s3": "boto3", "gs": "google.cloud.storage"}
_NOT_APPENDABLE = ("json", "xml")


def known_settings() -> frozenset[str]:
    """Return the names that ``-s`` may set."""
    names = {name for name in dir(default_settings) if name.isupper()}
    names |= {name for name in dir(project_settings) if name.isupper()}
    return frozenset(names | _UNDECLARED)


def check_settings(assignments: Iterable[str]) -> None:
    """Raise WrongInput for a ``NAME=VALUE`` whose name or kind of value cannot be meant."""
    try:
        given = arglist_to_dict(list(assignments))
    except ValueError:
        raise WrongInput("-s needs NAME=VALUE, such as -s OUTPUT_DIR=pictures") from None
    known = known_settings()
    for name, value in given.items():
        if name not in known:
            close = get_close_matches(name.upper(), known, n=1)
            hint = f"; did you mean {close[0]}?" if close else "; docs/settings.md lists all"
            raise WrongInput(f"the setting {name} is not known{hint}")
        _check_value(name, str(value))


def _check_value(name: str, value: str) -> None:
    default = getattr(project_settings, name, getattr(default_settings, name, None))
    if name in _WHOLE_NUMBERS:
        default = 0
    if isinstance(default, bool):
        if value not in _TRUTH_VALUES:
            raise WrongInput(f"{name}={value} is neither True nor False")
    elif isinstance(default, int | float):
        _check_number(name, value, float if name in _FRACTIONS else type(default))
    elif name == "LOG_LEVEL" and value.upper() not in getLevelNamesMapping():
        raise WrongInput(f"LOG_LEVEL={value} is not one of DEBUG, INFO, WARNING, ERROR, CRITICAL")
    elif isinstance(default, dict) and not _is_json_object(value):
        raise WrongInput(f"{name}={value} is not a JSON object such as " + '{"name": "value"}')


def _check_number(name: str, value: str, kind: type[int] | type[float]) -> None:
    try:
        number = kind(value)
    except ValueError:
        number = nan
    if not isfinite(number):
        words = "a whole number" if kind is int else "a number"
        raise WrongInput(f"{name}={value} is not {words}")
    least, most = _BOUNDS.get(name, (None, None))
    if least is not None and number < least:
        raise WrongInput(f"{name}={value} is too small; give at least {least}")
    if most is not None and number > most:
        raise WrongInput(f"{name}={value} is too large; give at most {most}")


def _is_json_object(value: str) -> bool:
    try:
        return isinstance(json.loads(value), dict)
    except ValueError:
        return False


def check_pictures(settings: BaseSettings) -> None:
    """Raise WrongInput for settings of the pictures that cannot be meant."""
    PathTemplate(settings["PICTURE_PATH"])
    parse_size(settings["DISK_RESERVE"], "DISK_RESERVE")
    if aspect := settings.get("PICTURE_ASPECT"):
        Aspect(aspect)
    if unknown := set(settings.getlist("OPT_OUTS_REFUSED")).difference(KNOWN):
        raise WrongInput(f"OPT_OUTS_REFUSED: {unknown.pop()} is not one of {', '.join(KNOWN)}")
    if (checks := settings["PICTURE_CHECKS"]) not in set(Checks):
        raise WrongInput(f"PICTURE_CHECKS={checks} is not one of {', '.join(Checks)}")
    _check_boxes(settings)


def check_network(settings: BaseSettings) -> None:
    """Raise WrongInput for a proxy, a mirror, headers or cookies that cannot be used."""
    for site, root in settings.getdict("SITE_ROOTS").items():
        if split_web_address(str(root)) is None:
            raise WrongInput(f"SITE_ROOTS: {root} of {site} is no http or https address")
    for host, headers in settings.getdict("SITE_HEADERS").items():
        _check_headers(host, headers)
    if file := settings.get("COOKIES_FILE"):
        read_cookies(file)
    if proxy := str(settings.get("PROXY") or ""):
        _check_proxy(proxy)


def _check_headers(host: str, headers: Any) -> None:
    if not _HOST.fullmatch(host):
        raise WrongInput(f"SITE_HEADERS: {host} is no host such as example.org")
    named = headers if isinstance(headers, dict) and headers else {"": None}
    for name, value in named.items():
        # RFC 9110, 5.6.2 and 5.5: a name is a token, a value has no line ends.
        is_value = isinstance(value, str) and not re.search(r"[\r\n\0]", value)
        if not is_value or not _TOKEN.fullmatch(str(name)):
            raise WrongInput(f'SITE_HEADERS: {host} needs headers such as {{"X-Name": "value"}}')


def _check_proxy(proxy: str) -> None:
    shown = without_password(proxy)
    try:
        parts = urlsplit(proxy)
        is_address = parts.scheme in _PROXY_SCHEMES and _PROXY_HOST.fullmatch(parts.hostname or "")
        _ = parts.port  # raises ValueError for a port that is none
    except ValueError:
        is_address = None
    if not is_address:
        example = "socks5://127.0.0.1:1080"
        raise WrongInput(f"PROXY={shown} is no address such as {example}")


def _check_boxes(settings: BaseSettings) -> None:
    for name, box in settings.getdict("IMAGES_THUMBS").items():
        is_pair = isinstance(box, list | tuple) and len(box) == _WIDTH_AND_HEIGHT
        if not is_pair or not all(isinstance(side, int) and side > 0 for side in box):
            raise WrongInput(
                f"IMAGES_THUMBS: {name} is to be a width and a height in pixels, "
                f'such as {{"{name}": [480, 480]}}'
            )


def check_stores(settings: BaseSettings) -> None:
    """Raise CannotStart where OUTPUT_DIR or a folder for pictures cannot be written to."""
    for name in ("OUTPUT_DIR", "IMAGES_STORE", "THUMBS_STORE"):
        place = str(settings.get(name) or "")
        if "://" in place:
            _check_remote_store(name, place)
        elif place:
            check_writable(Path(place), name)


def _check_remote_store(name: str, place: str) -> None:
    scheme, shown = urlsplit(place).scheme, without_password(place)
    if name == "OUTPUT_DIR" or scheme not in ("file", *_STORE_SCHEMES):
        known = "a folder" if name == "OUTPUT_DIR" else "a folder, s3://, gs:// or ftp://"
        raise WrongInput(f"{name}={shown} is not {known}")
    library = _LIBRARIES.get(scheme)
    if library and not _is_installed(library):
        raise WrongInput(f"{name}={shown} needs the package {library.replace('.', '-')}")


def check_feeds(settings: BaseSettings, spider: str = "") -> None:
    """Raise WrongInput for a feed that could never be written, CannotStart for its folder."""
    storages = settings.getwithbase("FEED_STORAGES")
    exporters = settings.getwithbase("FEED_EXPORTERS")
    for uri, options in settings.getdict("FEEDS").items():
        address = str(uri).replace("%(name)s", spider)
        if not isinstance(options, dict):
            raise WrongInput(f"feed {address}: its options are no JSON object")
        scheme = "" if PurePath(address).drive else urlsplit(address).scheme
        if storages.get(scheme) is None:
            raise WrongInput(f"feed {address}: {scheme}:// is not one of {_names(storages)}")
        library = _LIBRARIES.get(scheme)
        if library and not _is_installed(library):
            raise WrongInput(
                f"feed {address}: {scheme}:// needs the package {library.replace('.', '-')}"
            )
        kind = options.get("format") or PurePath(address).suffix.removeprefix(".")
        if exporters.get(kind) is None:
            formats = _names(exporters)
            raise WrongInput(f"feed {address}: the format {kind!r} is not one of {formats}")
        if scheme in ("", "file"):
            _check_feed_file(address, kind, options)


def _check_feed_file(address: str, kind: str, options: dict[str, Any]) -> None:
    path = Path(file_uri_to_path(address) if address.startswith("file:") else address)
    if kind in _NOT_APPENDABLE and not options.get("overwrite") and path.exists():
        raise WrongInput(
            f"feed {path}: -o would append to it and {kind} cannot be appended to; "
            "use -O to replace it, or a .jsonl file"
        )
    if "%(" not in str(path.parent):
        check_writable(path.parent, "the folder of the feed")


def check_writable(folder: Path, what: str) -> None:
    """Make a folder; raise CannotStart where it cannot be made or written to."""
    probe = folder / f".{os.getpid()}.probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"a byte shows whether there is room")
    except OSError as error:
        raise CannotStart(
            f"{what} ({folder}) cannot be written to: {error.strerror}; "
            "make it writable or name another folder"
        ) from None
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def _names(components: BaseSettings) -> str:
    return ", ".join(sorted(name for name, path in components.items() if name and path))


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
