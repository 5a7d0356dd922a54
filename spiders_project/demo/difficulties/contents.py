"""Answers that are not what their name or their header says."""

from __future__ import annotations

from spiders_project.demo.picture import Category

from .answers import compressed, empty, labelled, login_page, truncated, unlabelled
from .difficulty import Album, Difficulty, Promise

_REMOVED = tuple(
    Difficulty(
        f"removed-{number}",
        title,
        "Three pictures were removed, and one placeholder is served for all of them.",
        Promise(also="stored once") if number == 1 else Promise("duplicate"),
        twin_of="hard-pictures/removed-1",
    )
    for number, title in enumerate(("Old Harbour", "Old Mill", "Old Orchard"), start=1)
)

PICTURES = Album(
    Category("hard-pictures", "Hard pictures"),
    (
        Difficulty(
            "truncated",
            "Two Thirds of a Picture",
            "The file is cut, and its length is announced as if it were whole.",
            Promise("refused", "truncated"),
            truncated,
        ),
        Difficulty(
            "login",
            "A Page in a Frame",
            "A file named .jpg is a web page.",
            Promise("refused", "not-an-image"),
            login_page,
        ),
        Difficulty(
            "extension",
            "A PNG in Disguise",
            "A file named .jpg, served as image/jpeg, is a PNG.",
            Promise(also="as .png"),
            labelled("image/jpeg"),
            encoding="png",
            file="hard-pictures/extension.jpg",
        ),
        Difficulty(
            "empty",
            "Nothing at All",
            "The answer has no bytes.",
            Promise("refused", "empty"),
            empty,
        ),
        Difficulty(
            "wrong-type",
            "Called a Page",
            "The Content-Type says that the picture is a web page.",
            answer=labelled("text/html"),
        ),
        Difficulty("no-type", "Without a Label", "There is no Content-Type.", answer=unlabelled),
        Difficulty(
            "gzip",
            "Under Pressure",
            "The picture comes compressed with gzip, which nobody asked for.",
            Promise(also="unpacked"),
            compressed,
        ),
        *_REMOVED,
        Difficulty(
            "two-albums",
            "In Two Albums",
            "The same picture is in two categories, on a page in each: this is the other.",
            Promise("duplicate"),
            file="hard-titles/two-albums.jpg",
            twin_of="hard-titles/two-albums",
        ),
    ),
)
