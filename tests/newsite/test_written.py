"""What is written for a new site: a site file, a test, a contact sheet."""

import ast
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pytest
from PIL import Image

from spiders_project.errors import WrongInput
from spiders_project.newsite.contact_sheet import Tile, contact_sheet
from spiders_project.newsite.places import places_for
from spiders_project.newsite.write import write
from spiders_project.pages.registry import site_in_file
from tests.conftest import PROJECT
from tests.gallery import picture_bytes
from tests.newsite.test_survey import Site, put_details

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site()
    put_details(site, "/herons/", range(20), '<a rel="next" href="/herons/2">2</a>')
    folder = tmp_path_factory.mktemp("sites")
    places = places_for("herons", str(folder))
    written = write("herons", site.survey("/herons/"), places, folder / "sheet.jpg", TODAY)
    assert written.status == 0, written
    return folder


@pytest.fixture
def folder(written_once: Path, tmp_path: Path) -> Path:
    """A folder with a new site, `herons`."""
    return copytree(written_once, tmp_path / "sites")


def test_site_file_has_thirty_lines_of_declarations_at_most(folder: Path) -> None:
    text = (folder / "herons.py").read_text()
    (site,) = (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
    assert site.end_lineno is not None
    assert site.end_lineno - site.lineno <= 30
    assert max(map(len, text.splitlines())) <= 100


def test_written_files_are_as_the_formatter_leaves_them(folder: Path) -> None:
    files = [folder / "herons.py", folder / "tests" / "test_herons.py"]
    config = PROJECT / "pyproject.toml"
    for command in (["format", "--check"], ["check", "--ignore", "INP001,D103,S101"]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--config", config, *files],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout


def test_site_file_reads_what_was_found(folder: Path) -> None:
    site = site_in_file(folder / "herons.py")
    assert site.hosts == ("gallery.example",)
    assert site.verified == "saved pages of 2026-11-25"
    assert site.categories == {"herons": "Herons"}
    assert site().category_of("https://gallery.example/herons/") == "herons"


def test_test_fails_when_a_page_reads_otherwise(folder: Path) -> None:
    page = folder / "tests" / "fixtures" / "herons" / "detail_1.html"
    page.write_bytes(page.read_bytes().replace(b"<h1>Heron", b"<h1>Coot"))
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", folder / "tests" / "test_herons.py"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "1 failed" in run.stdout


@pytest.mark.parametrize("part", ["site", "test", "fixtures"])
def test_never_overwrites(folder: Path, part: str) -> None:
    places = places_for("herons", str(folder))
    for each in {"site", "test"} - {part}:
        getattr(places, each).unlink()
    if part != "fixtures":
        for file in places.fixtures.iterdir():
            file.unlink()
        places.fixtures.rmdir()
    with pytest.raises(WrongInput, match="is there already"):
        places.check_free("herons")


def test_places_in_the_project() -> None:
    places = places_for("herons", None)
    assert places.site == PROJECT / "spiders_project" / "pages" / "sites" / "herons.py"
    assert places.test == PROJECT / "tests" / "pages" / "test_herons.py"
    assert places.fixtures == PROJECT / "tests" / "fixtures" / "herons"
    assert not places.is_private


def test_contact_sheet_shows_a_tile_for_each_picture() -> None:
    tiles = [Tile(picture_bytes(1), "Heron"), Tile(b"no picture", "苍鹭" * 50), Tile(None, "")] * 3
    with Image.open(BytesIO(contact_sheet(tiles))) as sheet:
        assert sheet.format == "JPEG"
        assert sheet.size == (4 * 252 + 12, 3 * 226 + 12)
        assert len(sheet.getcolors(1 << 20) or []) > 100


def test_contact_sheet_of_nothing_is_a_sheet() -> None:
    assert contact_sheet([]).startswith(b"\xff\xd8")
