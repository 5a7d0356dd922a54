"""PICTURE_PATH: what a person may write, and what strangers' words make of it."""

from pathlib import PurePosixPath

import pytest

from spiders_project.errors import WrongInput
from spiders_project.media.paths import PathTemplate

FACTS: dict[str, object] = {
    "site": "moyublog",
    "category": "meinv",
    "title": "Dawn",
    "author": "Li",
    "published": "2026-11-22T08:00:00+00:00",
    "width": 3840,
    "height": 2160,
    "id": "4711",
    "sha256": "0123456789abcdef" * 4,
}

PATHS = {
    "{site}/{category}/{title}": "moyublog/meinv/Dawn.jpg",
    "{title}": "Dawn.jpg",
    "{author} - {title}": "Li - Dawn.jpg",
    "{width}x{height}/{id}": "3840x2160/4711.jpg",
    "{sha256}": "0123456789abcdef" * 4 + ".jpg",
    "{published}": "2026-11-22T08_00_00+00_00.jpg",
    "pictures": "pictures.jpg",
    "{{{title}}}": "{Dawn}.jpg",
    "{title}{title}": "DawnDawn.jpg",
    "C:/{title}": "C_/Dawn.jpg",
    "a\\b": "a_b.jpg",
    "con/{title}": "_con/Dawn.jpg",
    "~/{title}": "~/Dawn.jpg",
}


@pytest.mark.parametrize(("template", "path"), PATHS.items(), ids=PATHS)
def test_fills_in_what_is_known(template: str, path: str) -> None:
    assert PathTemplate(template).path(FACTS, ".jpg") == path


def test_every_field_may_be_used() -> None:
    template = "/".join(f"{{{name}}}" for name in PathTemplate.FIELDS)

    assert len(PurePosixPath(PathTemplate(template).path(FACTS, ".png")).parts) == 9


def test_what_is_not_known_has_a_name_and_no_empty_folder() -> None:
    template = PathTemplate("{site}/{category}/{author}/{published}/{title} {width}")

    assert template.path({"title": "Dawn"}, ".jpg") == "unknown/unknown/Dawn unknown.jpg"


@pytest.mark.parametrize(
    "title",
    ["../../etc/passwd", "..", "/", "/etc/passwd", "a\\..\\b", ".", "{site}", "{title.__class__}"],
)
@pytest.mark.parametrize("template", ["{title}", "{title}/{id}", "x{title}", "{site}/{title}"])
def test_a_title_never_leaves_its_part_of_the_path(template: str, title: str) -> None:
    path = PurePosixPath(PathTemplate(template).path(FACTS | {"title": title}, ".jpg"))

    assert len(path.parts) == template.count("/") + 1
    assert not path.is_absolute()
    assert not {"..", ".", "/", ""} & set(path.parts)


def test_a_long_part_is_cut() -> None:
    path = PathTemplate("{title} {title}/{title}").path(FACTS | {"title": "美" * 300}, ".jpg")

    assert all(len(part.encode()) <= 190 for part in PurePosixPath(path).parts)


WRONG = {
    "unknown field": "{titel}",
    "no field": "{}",
    "number": "{0}",
    "attribute": "{title.__class__}",
    "item": "{title[0]}",
    "upper case": "{TITLE}",
    "open": "{title",
    "close": "title}",
    "empty": "",
    "absolute": "/pictures/{title}",
    "parent": "../{title}",
    "parent inside": "{site}/../{title}",
    "parent at the end": "{title}/..",
    "here": "./{title}",
    "empty part": "{site}//{title}",
    "folder at the end": "{site}/",
    "spaces": "{site}/ /{title}",
    "format that text has not": "{width:05d}",
    "conversion that there is not": "{title!x}",
    "conversion": "{title!r}",
    "width of any size": "{title:1000}",
    "field inside of a field": "{title:{width}}",
}


@pytest.mark.parametrize("template", WRONG.values(), ids=WRONG)
def test_a_template_that_cannot_be_meant_is_a_sentence(template: str) -> None:
    with pytest.raises(WrongInput, match=r"^PICTURE_PATH="):
        PathTemplate(template)
