"""Who may import whom: the arrows of the architecture, read from the source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import spiders_project

PACKAGE = "spiders_project"
ROOT = Path(spiders_project.__file__).parent

WORDS = {"items", "outcomes", "errors", "urls"}
"""The bottom: values and words that everybody may use."""

MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    **{word: set() for word in sorted(WORDS)},
    "settings": set(),
    "counters": {"outcomes", "errors"},
    "verdict": {"outcomes", "errors", "counters"},
    "failures": {"outcomes"},
    "addons": {"__init__", "errors", "pages", "addons"},
    "terminal": {"errors"},
    "values": {"errors", "values"},
    "setting_checks": {"errors", "settings", "urls", "media", "politeness", "values"},
    "media": {*WORDS, "values", "media"},
    "catalogue": {*WORDS, "media", "catalogue"},
    "upkeep": {*WORDS, "media", "catalogue", "upkeep"},
    "collection": {"addons", "errors", "terminal", "urls", "media", "catalogue", "upkeep"},
    "pages": {*WORDS, "politeness", "pages"},
    "newsite": {*WORDS, "pages", "failures", "setting_checks", "terminal", "newsite"},
    "spiders": {
        *WORDS,
        *("pages", "failures", "counters", "politeness", "values", "catalogue", "downloader"),
        "spiders",
    },
    "downloader": {
        *WORDS,
        *("failures", "counters", "politeness", "values", "catalogue", "downloader"),
    },
    "politeness": {*WORDS, "politeness"},
    "frontier": {*WORDS, "counters", "politeness", "catalogue", "frontier"},
    "pipelines": {
        *WORDS,
        *("media", "failures", "counters", "politeness", "values", "catalogue", "frontier"),
        *("collection", "downloader", "pipelines"),
    },
    "feeds": {*WORDS, "counters", "verdict", "frontier", "feeds"},
    "extensions": {
        *WORDS,
        *("counters", "verdict", "politeness", "catalogue", "frontier", "collection", "upkeep"),
        "extensions",
    },
    "commands": {
        *WORDS,
        *(
            "settings",
            "counters",
            "verdict",
            "failures",
            "addons",
            "values",
            "terminal",
            "setting_checks",
        ),
        *(
            "media",
            "collection",
            "upkeep",
            "newsite",
            "pages",
            "spiders",
            "politeness",
            "downloader",
            "pipelines",
            "feeds",
            "extensions",
        ),
        *("demo", "commands"),
    },
    "demo": {"demo"},
}
"""The rooms of the package, and the rooms of ours that each may import."""

EXCEPTIONS = {("extensions.demo", "demo")}
"""The one extension that starts the demo site."""

WITHOUT_SCRAPY = {*WORDS, "settings", "counters", "verdict"} | {
    "media",
    "catalogue",
    "upkeep",
    "pages",
    "politeness",
    "values",
    "demo",
}
SCRAPY = {"scrapy", "twisted", "itemadapter"}
DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}


@dataclass(frozen=True)
class Module:
    """A file of the package."""

    name: str
    """Dotted, below the package: ``media.store``."""
    source: str

    @property
    def room(self) -> str:
        """The folder or file that it lies in, directly below the package."""
        return self.name.partition(".")[0]


def modules_below(root: Path) -> list[Module]:
    found = []
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        found.append(Module(name, path.read_text(encoding="utf-8")))
    return found


def imports_of(module: Module, rooms: set[str]) -> Iterator[str]:
    """Yield the dotted names that a module imports, wherever in its text."""
    package = f"{PACKAGE}.{module.name}".rpartition(".")[0]
    for node in ast.walk(ast.parse(module.source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                origin = ".".join([*above, *filter(None, [origin])])
            if origin == PACKAGE:
                yield from (
                    f"{PACKAGE}.{alias.name}" for alias in node.names if alias.name in rooms
                )
            else:
                yield origin


def rooms_imported_by(module: Module, rooms: set[str]) -> set[str]:
    start = PACKAGE + "."
    names = [name for name in imports_of(module, rooms) if name.startswith(start)]
    return {name.removeprefix(start).partition(".")[0] for name in names}


MODULES = modules_below(ROOT)
ROOMS = {module.room for module in MODULES}
every_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)


def test_every_room_has_its_rule() -> None:
    assert set(MAY_IMPORT) == ROOMS


@every_module
def test_module_imports_only_the_rooms_that_it_may(module: Module) -> None:
    allowed = MAY_IMPORT[module.room] | {
        target for name, target in EXCEPTIONS if name == module.name
    }
    assert rooms_imported_by(module, ROOMS) <= allowed


@every_module
def test_module_of_the_pure_layer_does_not_know_scrapy(module: Module) -> None:
    if module.room in WITHOUT_SCRAPY:
        imported = {name.partition(".")[0] for name in imports_of(module, ROOMS)}
        assert not imported & SCRAPY


@every_module
def test_module_is_no_drawer(module: Module) -> None:
    assert not set(module.name.split(".")) & DRAWERS


def test_exceptions_are_still_needed() -> None:
    used = {(module.name, room) for module in MODULES for room in rooms_imported_by(module, ROOMS)}
    assert used >= EXCEPTIONS


@pytest.mark.parametrize(
    ("importing", "imported"),
    [
        ("media", "pipelines"),
        ("pages", "media"),
        ("spiders", "pipelines"),
        ("spiders", "demo"),
        ("pipelines", "spiders"),
        ("pipelines", "pages"),
        ("pipelines", "extensions"),
        ("extensions", "feeds"),
        ("feeds", "politeness"),
        ("politeness", "pipelines"),
        ("extensions", "demo"),
        *((room, "commands") for room in MAY_IMPORT if room != "commands"),
    ],
)
def test_arrow_that_is_not_drawn(importing: str, imported: str) -> None:
    assert imported not in MAY_IMPORT[importing]


@pytest.mark.parametrize(
    "source",
    [
        "import spiders_project.media.store",
        "import spiders_project.media",
        "from spiders_project.media.store import FolderStore",
        "from spiders_project.media import store",
        "from spiders_project import media",
        "from ..media import store",
        "from .. import media",
        "def later():\n    from spiders_project.media.store import FolderStore",
        "if TYPE_CHECKING:\n    import spiders_project.media as pictures",
    ],
)
def test_import_is_found_in_every_form(source: str) -> None:
    assert rooms_imported_by(Module("pages.page", source), ROOMS) == {"media"}


@pytest.mark.parametrize(
    "source",
    ["import media", "from spiders_project import __version__", "'import spiders_project'"],
)
def test_what_is_no_import_of_ours_is_not_found(source: str) -> None:
    assert rooms_imported_by(Module("pages.page", source), ROOMS) == set()
