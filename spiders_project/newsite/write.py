"""Writes all parts of a new site, and proves that they fit together."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from spiders_project.errors import CannotStart, ExitStatus
from spiders_project.newsite.contact_sheet import Tile, contact_sheet
from spiders_project.newsite.describe import CannotDescribe, Declarations, describe
from spiders_project.newsite.offline_test import SavedPages, offline_test
from spiders_project.newsite.places import Places
from spiders_project.newsite.report import found_lines
from spiders_project.newsite.samples import Survey
from spiders_project.newsite.site_file import site_file
from spiders_project.newsite.survey import NoGallery
from spiders_project.pages.base import Site
from spiders_project.pages.registry import site_in_file

_TEST_SECONDS = 120


@dataclass(frozen=True)
class Written:
    """What became of a new site."""

    lines: Sequence[str]
    sentence: str
    status: ExitStatus


def write(name: str, seen: Survey, places: Places, sheet: Path, today: date) -> Written:
    """Write site file, pages, test and contact sheet; raises NoGallery, CannotStart."""
    try:
        found = describe(seen)
    except CannotDescribe as reason:
        url = seen.listings[0].answer.url
        raise NoGallery(
            f"{reason} at {url}, so no site file was written; "
            f"scrapy crawl wallpapers -a site={url} reads it as it is"
        ) from None
    saved = _saved(seen)
    places.write_site(site_file(name, found, today))
    places.write_pages(saved.all)
    site = site_in_file(places.site)()
    places.write_test(offline_test(name, site, saved, is_private=places.is_private))
    _write_sheet(sheet, seen, site)
    is_passed, result = _run(places.test)
    lines = [
        *found_lines(found, site, seen),
        "",
        f"site file      {places.site}",
        f"saved pages    {places.fixtures}",
        f"test           {places.test}: {result}",
        f"contact sheet  {sheet}",
    ]
    sentence = _next_step(name, found, is_passed=is_passed, is_private=places.is_private)
    return Written(lines, sentence, _status(is_passed=is_passed))


def _status(*, is_passed: bool | None) -> ExitStatus:
    return ExitStatus.COULD_NOT if is_passed is False else ExitStatus.DONE


def _next_step(name: str, found: Declarations, *, is_passed: bool | None, is_private: bool) -> str:
    if is_passed is False:
        return f"{name} was written, and its test fails; look at both"
    missing = ", ".join(found.unreachable)
    besides = f"; by hand: {missing}" if missing else ""
    say_it = "" if is_private else f"; name it in docs/sites.md, with {found.address.root}"
    return (
        f"{name} is there{besides}{say_it}; try: scrapy crawl wallpapers -a site={name} -a limit=3"
    )


def _saved(seen: Survey) -> SavedPages:
    listings = {
        "listing.html" if number == 0 else f"listing_{number + 1}.html": each.answer
        for number, each in enumerate(seen.listings)
    }
    details = {f"detail_{number}.html": each.answer for number, each in enumerate(seen.details, 1)}
    return SavedPages(listings, details)


def _write_sheet(sheet: Path, seen: Survey, site: Site) -> None:
    tiles = []
    for each in seen.details:
        original = each.original
        size = f"{original.width} x {original.height}" if original else "not to be had"
        title = site.read_detail(each.answer.page).title or "no title"
        tiles.append(Tile(original.body if original else None, title, f"original, {size}"))
    for card in seen.listings[0].cards:
        if card.url in seen.previews:
            title = card.picture.facts.title or ""
            tiles.append(Tile(seen.previews[card.url], title, "preview"))
    try:
        sheet.parent.mkdir(parents=True, exist_ok=True)
        sheet.write_bytes(contact_sheet(tiles))
    except OSError as error:
        raise CannotStart(f"{sheet} cannot be written: {error.strerror}") from None


def _run(test: Path) -> tuple[bool | None, str]:
    """Run a test; return whether it passed, None where there is no pytest, and its last line."""
    if find_spec("pytest") is None:
        return None, "not run, for want of pytest"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)]
    try:
        run = subprocess.run(  # noqa: S603 - our own Python and a file that we have written
            command,
            capture_output=True,
            text=True,
            timeout=_TEST_SECONDS,
            check=False,
            cwd=_root_of(test),
        )
    except subprocess.TimeoutExpired:
        return False, "did not end"
    last = (run.stdout.strip().splitlines() or ["no words"])[-1]
    return run.returncode == 0, last.strip("= ")


def _root_of(test: Path) -> Path:
    """Return the folder that the package can be imported from."""
    return Path(__file__).parents[2]
