"""Titles that are no file names."""

from __future__ import annotations

from spiders_project.demo.picture import Category

from .difficulty import Album, Difficulty, Promise

_TWINS = tuple(
    Difficulty(
        f"same-title-{number}",
        "Evening Light",
        "Two pictures have one title.",
        Promise(also="the name of the second one ends with eight digits of its hash"),
    )
    for number in (1, 2)
)

TITLES = Album(
    Category("hard-titles", "Hard titles"),
    (
        Difficulty(
            "slashes",
            "Tide In / Tide Out \\ Still Water",
            "The title has a slash and a backslash.",
            Promise(also="no folder is made of it"),
        ),
        Difficulty(
            "climbing",
            "../../../Over the Fence",
            "The title climbs out of the folder.",
            Promise(also="it stays in the folder of its category"),
        ),
        Difficulty(
            "dots", "..", "The title is two dots.", Promise(also="the name has a letter at least")
        ),
        Difficulty(
            "controls",
            "Bell\a Book\x1b[31m and \u202eeldnaC",
            "The title has control characters, and one that turns the rest round.",
            Promise(also="none of them is in the name"),
        ),
        Difficulty(
            "emoji",
            "🌋 Lava, 👩‍🚀 Stars ✨",
            "The title has emoji.",
            Promise(also="so has the name"),
        ),
        Difficulty(
            "long",
            " ".join(["Onward"] * 43),
            "The title is 300 characters long.",
            Promise(also="the name is cut, the title is not"),
        ),
        Difficulty(
            "reserved",
            "CON",
            "The title is the name of a device on Windows.",
            Promise(also="the name is none"),
        ),
        Difficulty(
            "script",
            "<script>alert('Dunes')</script>",
            "The title is a script element.",
            Promise(also="the title is kept, the name has no angle brackets"),
        ),
        *_TWINS,
        Difficulty(
            "two-albums",
            "In Two Albums",
            "The same picture is in two categories, on a page in each: this is the one.",
            Promise(also="asked for once"),
        ),
    ),
)
