"""Which of several addresses is the original, and when that is in doubt."""

import pytest

from spiders_project.pages.generic.originals import ranked
from spiders_project.pages.generic.values import Candidate, Clue

HERE = "https://example.org/"


def one(link: str, clue: Clue, width: int | None = None, **more: object) -> Candidate:
    return Candidate(HERE + link, clue, width, **more)  # type: ignore[arg-type]


SHOWN = one("s/a.jpg", Clue.SHOWN, is_preview=True)

ORDERS = {
    "a download before all": [
        one("get/1", Clue.DOWNLOAD, label="Download"),
        one("b/a.jpg", Clue.LINK),
        one("a.jpg", Clue.SRCSET, 4000),
    ],
    "the original before a download": [
        one("get/1", Clue.DOWNLOAD, label="Original"),
        one("get/2", Clue.DOWNLOAD, label="Download"),
    ],
    "a download without a size before a small one": [
        one("get/1", Clue.DOWNLOAD, label="Download"),
        one("get/2", Clue.DOWNLOAD, label="Download small"),
    ],
    "a key that says original before a link": [
        one("x/a.jpg", Clue.DATA, label="data-original-url"),
        one("b/a.jpg", Clue.LINK),
        SHOWN,
    ],
    "a link to a file before sizes": [one("b/a.jpg", Clue.LINK), one("w/a.jpg", Clue.SRCSET, 2000)],
    "a wider size before a link that names a smaller one": [
        one("a.jpg", Clue.SRCSET, 2560),
        one("a-1024x683.jpg", Clue.LINK),
    ],
    "wider sizes first": [
        one("a-3.jpg", Clue.SRCSET, 2000),
        one("a-2.jpg", Clue.SRCSET, 1000),
        one("a-1.jpg", Clue.SRCSET, 500),
    ],
    "JPEG before WebP of the same size": [
        one("a.jpg", Clue.SRCSET, 2000),
        one("a.webp", Clue.SRCSET, 2000),
        one("a-1.jpg", Clue.SRCSET, 500),
    ],
    "a wider WebP before a smaller JPEG": [
        one("a.webp", Clue.SRCSET, 3000),
        one("a.jpg", Clue.SRCSET, 2000),
    ],
    "a folder that says original": [
        one("original/a.jpg", Clue.DATA, label="data-a"),
        one("large/a.jpg", Clue.LINK),
        one("medium/a.jpg", Clue.SHOWN),
    ],
    "a shown picture before one for sharing": [
        one("p/a.jpg", Clue.SHOWN),
        one("og/a.jpg", Clue.META),
    ],
    "a picture for sharing before a preview": [
        one("p/a.jpg", Clue.META),
        one("thumbs/a.jpg", Clue.SHOWN),
    ],
    "a large preview in a srcset is none": [
        one("b.jpg", Clue.SRCSET, 2000, is_preview=True),
        one("og.jpg", Clue.META),
        one("a.jpg", Clue.SHOWN, is_preview=True),
    ],
    "names that nobody links before previews, guesses behind the best one": [
        one("a.jpg", Clue.NAME, label="bare name"),
        one("a-medium.jpg", Clue.SHOWN),
        one("a-large.jpg", Clue.NAME, label="guess small large"),
        one("a-small.jpg", Clue.SHOWN),
    ],
    "names that nobody links behind all that is linked": [
        one("a-1600.jpg", Clue.LINK),
        one("a.jpg", Clue.NAME, label="bare name"),
    ],
    "pages last": [SHOWN, one("a.html", Clue.LINK)],
    "a link without an ending before a preview": [one("photo/1", Clue.LINK), SHOWN],
    "what an interface says": [one("x.jpg", Clue.API), one("b.jpg", Clue.LINK)],
}


@pytest.mark.parametrize("candidates", ORDERS.values(), ids=ORDERS)
def test_order(candidates: list[Candidate]) -> None:
    assert list(ranked(candidates)[0]) == candidates
    assert {c.url for c in ranked(reversed(candidates))[0]} == {c.url for c in candidates}
    assert ranked(reversed(candidates))[0][0] == candidates[0]


def test_each_address_stands_once_with_what_is_known_of_it() -> None:
    linked, sized = one("b/a.jpg", Clue.LINK), one("b/a.jpg", Clue.SRCSET, 2000)
    preview = one("b/a.jpg", Clue.SHOWN, is_preview=True)
    order, is_doubtful = ranked([preview, sized, linked])
    assert order == (one("b/a.jpg", Clue.LINK, 2000),)
    assert not is_doubtful


@pytest.mark.parametrize(
    "link", ["blank.gif", "img/1x1.png", "loading.gif", "x/placeholder.png", "a.zip"]
)
def test_stand_ins_and_archives_are_left_out(link: str) -> None:
    assert ranked([one(link, Clue.SHOWN), SHOWN])[0] == (SHOWN,)


def test_logos_go_unless_they_are_all_there_is() -> None:
    logo = one("img/logo.png", Clue.SHOWN)
    assert ranked([logo, SHOWN])[0] == (SHOWN,)
    assert ranked([logo])[0] == (logo,)


@pytest.mark.parametrize("link", ["grey-heron.jpg", "loading-bay.jpg", "x/arrow-1.jpg", "icon.jpg"])
def test_a_picture_may_be_called_like_a_stand_in(link: str) -> None:
    shown = one(link, Clue.SHOWN)
    assert ranked([shown, one("page/1", Clue.LINK)])[0][0] == shown


DOUBTFUL = {
    "only a preview, and a name without its size": [
        one("a-300x200.jpg", Clue.SHOWN, is_preview=True),
        one("a.jpg", Clue.NAME, label="bare name"),
    ],
    "the widest size still says that it is a size": [
        one("a-1024x683.jpg", Clue.SRCSET, 1024),
        one("a.jpg", Clue.NAME, label="bare name"),
    ],
    "a proxy that names what it makes smaller": [
        one("_next/image?url=%2Fa.jpg&w=3840", Clue.SRCSET, 3840),
        one("a.jpg", Clue.NAME, label="inner of query"),
    ],
    "a service makes it smaller": [
        one("_data/i/upload/a-me.jpg", Clue.SHOWN),
        one("upload/a.jpg", Clue.NAME, label="piwigo"),
    ],
    "two addresses that nothing tells apart": [
        one("x/a.jpg", Clue.LINK),
        one("y/a.jpg", Clue.DATA, label="data-a"),
    ],
    "the shown picture and another one for sharing": [
        one("p/a.jpg", Clue.SHOWN),
        one("og/a.jpg", Clue.META),
    ],
}
CERTAIN = {
    "a link to a file": [one("b/a.jpg", Clue.LINK), SHOWN],
    "a download": [one("get/1", Clue.DOWNLOAD, label="Original"), one("b/a.jpg", Clue.LINK)],
    "a number of a camera is no size": [
        one("IMG_1024.jpg", Clue.LINK),
        one("w/IMG_1024-2000.jpg", Clue.SRCSET, 2000),
    ],
    "densities": [
        one("a@2x.jpg", Clue.SRCSET, label="2x"),
        one("a.jpg", Clue.SRCSET, label="1x"),
    ],
    "what is loaded late": [one("a.jpg", Clue.DATA), one("b.jpg", Clue.SHOWN)],
    "all lie in a folder that is called like a size": [
        one("slides/a.jpg", Clue.LINK),
        one("slides/t/a.jpg", Clue.SHOWN),
        one("a.jpg", Clue.NAME, label="no folder slides True"),
    ],
    "known sizes": [one("a.jpg", Clue.SRCSET, 2000), one("b.jpg", Clue.SRCSET, 1000)],
    "one address": [one("a-300x200.jpg", Clue.SHOWN)],
    "a link that will be followed": [
        one("photo/1", Clue.LINK),
        one("a-300x200.jpg", Clue.SHOWN, is_preview=True),
        one("a.jpg", Clue.NAME, label="bare name"),
    ],
    "a guess beside a link": [
        one("large/a.jpg", Clue.LINK),
        one("original/a.jpg", Clue.NAME, label="guess folder large original"),
    ],
}


@pytest.mark.parametrize("candidates", DOUBTFUL.values(), ids=DOUBTFUL)
def test_is_doubtful(candidates: list[Candidate]) -> None:
    assert ranked(candidates)[1]


@pytest.mark.parametrize("candidates", CERTAIN.values(), ids=CERTAIN)
def test_is_certain(candidates: list[Candidate]) -> None:
    assert not ranked(candidates)[1]


def test_nothing_makes_nothing() -> None:
    assert ranked([]) == ((), False)
