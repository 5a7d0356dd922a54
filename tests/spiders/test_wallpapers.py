"""What the main spider makes of its arguments before it crawls."""

import pytest

from spiders_project.errors import WrongInput
from spiders_project.pages.registry import find_site
from spiders_project.spiders.wallpapers import WallpapersSpider


@pytest.mark.parametrize(
    ("arguments", "site", "categories"),
    [
        ({}, "demo", ("mountains", "ocean", "space", "abstract", "山水", "night")),
        ({"site": "moyublog"}, "moyublog", ("meinv",)),
        ({"site": "moyublog", "category": "fengjing"}, "moyublog", ("fengjing",)),
        ({"site": "https://www.moyublog.com/"}, "moyublog", ("meinv",)),
        (
            {"site": "https://www.moyublog.com/hdwallpapers/dongman/index_2.html"},
            "moyublog",
            ("dongman",),
        ),
        (
            {"site": "https://www.moyublog.com/", "category": "meinv,qiche"},
            "moyublog",
            ("meinv", "qiche"),
        ),
        ({"category": "ocean,space"}, "demo", ("ocean", "space")),
    ],
    ids=["nothing", "name", "category", "front page", "listing", "several", "demo"],
)
def test_chooses_site_and_categories(
    arguments: dict[str, str], site: str, categories: tuple[str, ...] | None
) -> None:
    spider = WallpapersSpider(**arguments)
    assert spider.site.name == site
    known = find_site(site)
    assert spider.categories == (categories or known.default_categories)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"category": "cats"}, "category=cats is not known on demo; its categories: mountains"),
        ({"category": "ocean,cats"}, "category=cats is not known"),
        ({"site": "https://www.moyublog.com/about.html"}, "is no listing of moyublog"),
        (
            {"site": "https://gallery.example/", "category": "birds"},
            "means nothing on gallery.example",
        ),
        ({"site": "moyo"}, "known sites: demo, moyublog"),
        ({"pages": "0"}, "pages=0 is too small"),
        ({"self": "x"}, "the argument self is not known"),
        ({"arguments": "x"}, "the argument arguments is not known"),
    ],
)
def test_refuses_arguments_with_a_sentence(arguments: dict[str, str], words: str) -> None:
    with pytest.raises(WrongInput) as refusal:
        WallpapersSpider.check_arguments(arguments)
    assert words in str(refusal.value)
