"""Links that are hard to follow, listings without an end, and places where nobody may go."""

from __future__ import annotations

from spiders_project.demo.picture import Category

from .difficulty import Album, Difficulty, Ending, Promise

LINKS = Album(
    Category("hard-links", "Hard links"),
    (
        Difficulty(
            "relative",
            "Three Doors Down",
            "The links to the page and to the picture are relative.",
            card="./../hard-links/{page}",
            link="..{path}",
        ),
        Difficulty(
            "from-root",
            "From the Front Door",
            "The links begin at the root of the host.",
            card="{page_path}",
            link="{path}",
        ),
        Difficulty(
            "protocol-relative",
            "Same Way, Other House",
            "The links name a host and no protocol.",
            card="//{pages}{page_path}",
            link="//{pictures}{path}",
        ),
        Difficulty(
            "base",
            "Seen from Elsewhere",
            "The links start from a base element, on the listing and on the page.",
            card="../{page}",
            link="{file}",
            base="//{pictures}/originals/hard-links/",
        ),
        Difficulty(
            "last-page",
            "The End of the Road",
            "The last page of the listing links to itself as the next one.",
            Promise(also="the page is asked for once"),
            card="../{page}",
        ),
    ),
    page_size=3,
    ending=Ending.ITSELF,
    base="/hard-links/elsewhere/",
)

ROBOTS = Album(
    Category("hard-robots", "Hard robots"),
    (
        *(
            Difficulty(
                f"ailing-{number}",
                title,
                "The robots.txt of the picture's host answers 503.",
                Promise("refused", "robots", also="not asked for"),
                link="http://{ailing}{path}",
            )
            for number, title in enumerate(("Closed Shutters", "A Note on the Door"), start=1)
        ),
        *(
            Difficulty(
                f"unhurried-{number}",
                title,
                "The robots.txt of the pictures' host has a Crawl-delay of one second.",
                Promise(also="a second apart"),
                link="http://{unhurried}{path}",
            )
            for number, title in enumerate(("Slow Dawn", "Slow Noon", "Slow Dusk"), start=1)
        ),
    ),
)

CALENDAR = Album(
    Category("calendar", "Endless calendar"),
    tuple(
        Difficulty(
            title.lower(),
            title,
            "Every month of a calendar shows the same three days and links to the next month.",
            Promise(also="and the crawl ends by itself"),
        )
        for title in ("Yesterday", "Today", "Tomorrow")
    ),
    ending=Ending.MORE,
)

FORBIDDEN = Album(
    Category("forbidden", "Forbidden"),
    (
        Difficulty(
            "private",
            "No Entry",
            "The robots.txt of the site forbids the category.",
            Promise("refused", "robots", also="not even the listing is asked for"),
        ),
    ),
)
