"""Chromium: whether it can be used on this machine, and how it is started."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from spiders_project.errors import CannotStart

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_ARGUMENTS = (
    # Nothing leads out of the browser: what it asks for is answered from outside of it.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy",
    "--js-flags=--max-old-space-size=512",
    "--renderer-process-limit=4",
    "--mute-audio",
)
# Of a domain that never exists (RFC 2606, 2); by default addresses of this machine are excepted.
_NOWHERE = {"server": "http://nowhere.invalid:9", "bypass": "<-loopback>"}


def use_browser(settings: BaseSettings) -> None:
    """Set what scrapy-playwright reads; raises CannotStart where it or Chromium is missing."""
    _check(settings)
    settings.update(_settings(settings), "spider")


def _check(settings: BaseSettings) -> None:
    if find_spec("scrapy_playwright") is None or find_spec("playwright") is None:
        raise CannotStart(
            "browser=true needs the package scrapy-playwright; "
            "install it with: pip install -r requirements-browser.txt"
        )
    if _program(settings) is None:
        named = settings.get("BROWSER_EXECUTABLE")
        where = f"and BROWSER_EXECUTABLE={named} is no program" if named else "and finds none"
        raise CannotStart(
            f"browser=true needs Chromium, {where}; install it with: apt install chromium, "
            "or name it: -s BROWSER_EXECUTABLE=/path/to/chromium"
        )


def _settings(settings: BaseSettings) -> dict[str, Any]:
    return {
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": settings.getint("BROWSER_PAGES"),
        # There are none to wait for.
        "PLAYWRIGHT_DOWNLOAD_TIMEOUT": 1000,
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": _program(settings),
            "args": list(_ARGUMENTS),
            "proxy": _NOWHERE,
            # Chromium refuses to start as root with its sandbox.
            "chromium_sandbox": not _is_root(),
            # A signal ends the crawl, which then closes the browser.
            "handle_sigint": False,
            "handle_sigterm": False,
            "handle_sighup": False,
        },
    }


def context_options(settings: BaseSettings) -> dict[str, Any]:
    """Return what a browser context is made with."""
    return {
        "user_agent": settings["USER_AGENT"],
        # Their requests would be seen by nobody.
        "service_workers": "block",
        "accept_downloads": False,
        "viewport": {"width": 1280, "height": 1600},
    }


def _program(settings: BaseSettings) -> str | None:
    if named := settings.get("BROWSER_EXECUTABLE"):
        return shutil.which(str(Path(named).expanduser()))
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
