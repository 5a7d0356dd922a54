"""What owners of pictures reserve, in headers and in tags."""

import pytest
from scrapy.http import Headers

from spiders_project.politeness.opt_outs import KNOWN, opt_outs_in_headers, opt_outs_of, united

AGENT = "spiders_project/1.0 (+you@example.org)"

ROBOTS = {
    "nothing": ("", []),
    "one": ("noai", ["noai"]),
    "all": ("noimageindex, noindex,noimageai ,noai", list(KNOWN[:4])),
    "mixed case": ("NoAI, NOINDEX", ["noai", "noindex"]),
    "none": ("none", ["noindex"]),
    "None, written otherwise": ("NONE", ["noindex"]),
    "all is allowed": ("all", []),
    "what does not concern pictures": ("nofollow, noarchive, nosnippet", []),
    "part of a word": ("noaix, xnoindex, index", []),
    "a date": ("unavailable_after: 25 Jun 2010 15:00:00 PST", []),
    "a date with a comma": ("unavailable_after: Fri, 25 Jun 2010 15:00:00 GMT, noai", ["noai"]),
    "a date and more": ("Unavailable_After: 25 Jun 2010 15:00:00 PST, noai", ["noai"]),
    "more and a date": ("noai, unavailable_after: 25 Jun 2010 15:00:00 PST", ["noai"]),
    "a rule with a value first": ("max-snippet:-1, noai", ["noai"]),
    "as plugins of blogs write it": (
        "max-image-preview:large, max-snippet:-1, max-video-preview:-1, noindex",
        ["noindex"],
    ),
    "a rule with a value last": ("noimageai, max-image-preview: none", ["noimageai"]),
    "another crawler": ("otherbot: noai, noindex", []),
    "this crawler": ("spiders_project: noai", ["noai"]),
    "this crawler in mixed case": ("Spiders_Project : none", ["noindex"]),
    "this crawler after another one": ("otherbot: noindex, spiders_project: noai", ["noai"]),
    "another crawler after this one": ("spiders_project: noai, otherbot: noindex", ["noai"]),
    "another crawler after all": ("noai, otherbot: noindex", ["noai"]),
    "a name that only begins like ours": ("spiders_project2: noai", []),
}


@pytest.mark.parametrize(("value", "expected"), ROBOTS.values(), ids=ROBOTS)
def test_reads_x_robots_tag(value: str, expected: list[str]) -> None:
    assert opt_outs_of([value], [], AGENT) == expected


def test_several_headers_add_up() -> None:
    headers = Headers(
        {
            "X-Robots-Tag": ["noimageai", "otherbot: noai", "spiders_project: noindex"],
            "TDM-Reservation": "1",
        }
    )

    found = opt_outs_in_headers(headers, AGENT)

    assert found == ["noimageai", "noindex", "tdm-reservation"]


@pytest.mark.parametrize(
    ("value", "is_reserved"),
    [("1", True), (" 1 ", True), ("0", False), ("", False), ("yes", False)],
)
def test_reads_tdm_reservation(value: str, is_reserved: bool) -> None:
    assert opt_outs_of([], [value]) == (["tdm-reservation"] if is_reserved else [])


def test_headers_that_are_no_utf_8_are_read() -> None:
    assert opt_outs_in_headers(Headers({"X-Robots-Tag": b"\xff\xfe, noai"}), AGENT) == ["noai"]


def test_sources_are_united_in_one_order() -> None:
    assert united(["tdm-reservation", "noindex"], [], ["noai", "noindex"]) == [
        "noai",
        "noindex",
        "tdm-reservation",
    ]
