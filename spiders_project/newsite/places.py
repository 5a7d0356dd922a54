"""Where the parts of a new site are written, and that nothing is there yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import spiders_project
from spiders_project.errors import CannotStart, WrongInput
from spiders_project.newsite.samples import Answer

_PACKAGE = Path(spiders_project.__file__).parent


@dataclass(frozen=True)
class Places:
    """The files of one site."""

    site: Path
    test: Path
    fixtures: Path
    """A folder."""
    is_private: bool
    """True where they are not in this project."""

    def check_free(self, name: str) -> None:
        """Raise WrongInput where a site of that name is there already."""
        for path in (self.site, self.test, self.fixtures):
            if path.exists():
                raise WrongInput(
                    f"{path} is there already, and stays as it is; "
                    f"call the new site otherwise with --name, or remove {name} first"
                )

    def write_pages(self, pages: Mapping[str, Answer]) -> None:
        """Save pages byte for byte; raises CannotStart."""
        for file, answer in pages.items():
            _write(self.fixtures / file, answer.body)

    def write_site(self, text: str) -> None:
        """Write the site file; raises CannotStart."""
        _write(self.site, text.encode())

    def write_test(self, text: str) -> None:
        """Write the test; raises CannotStart."""
        _write(self.test, text.encode())


def places_for(name: str, sites_dir: str | None) -> Places:
    """Return where a site goes: into SITES_DIR where it is set, into this project otherwise."""
    if sites_dir:
        folder = Path(sites_dir).expanduser()
        tests = folder / "tests"
        return Places(
            folder / f"{name}.py", tests / f"test_{name}.py", tests / "fixtures" / name, True
        )
    tests = _PACKAGE.parent / "tests"
    if not (_PACKAGE / "pages" / "sites").is_dir() or not (tests / "pages").is_dir():
        raise WrongInput("this is no checkout of the project; name a folder with -s SITES_DIR=...")
    site = _PACKAGE / "pages" / "sites" / f"{name}.py"
    return Places(site, tests / "pages" / f"test_{name}.py", tests / "fixtures" / name, False)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise CannotStart(f"{path} cannot be written: {error.strerror}") from None
