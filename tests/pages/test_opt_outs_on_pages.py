"""What a page reserves in its tags."""

import pytest

from spiders_project.pages.page import Page

TAGS = {
    "nothing": ("", []),
    "robots": ('<meta name="robots" content="noai, noimageai">', ["noai", "noimageai"]),
    "mixed case": ('<META NAME="ROBOTS" CONTENT="NoIndex,FOLLOW">', ["noindex"]),
    "spaces around the name": ('<meta name=" robots " content="none">', ["noindex"]),
    "two tags": (
        '<meta name=robots content=noai><meta name=robots content="noimageindex">',
        ["noai", "noimageindex"],
    ),
    "TDM": ('<meta name="tdm-reservation" content="1">', ["tdm-reservation"]),
    "TDM, not reserved": ('<meta name="tdm-reservation" content="0">', []),
    "a tag for another crawler": ('<meta name="googlebot" content="noai">', []),
    "a property": ('<meta property="robots" content="noai">', []),
    "no content": ('<meta name="robots">', []),
    "in the body": ('<body><meta name="robots" content="noai"></body>', ["noai"]),
    "in a comment": ('<!-- <meta name="robots" content="noai"> -->', []),
    "in a script": ('<script>"<meta name=robots content=noai>"</script>', []),
    "as plugins of blogs write it": (
        '<meta name="robots" content="max-snippet:-1, max-image-preview:large, noimageai">',
        ["noimageai"],
    ),
    "a date": (
        '<meta name="robots" content="unavailable_after: 25 Jun 2030 15:00:00 PST, noai">',
        ["noai"],
    ),
}


@pytest.mark.parametrize(("tags", "expected"), TAGS.values(), ids=TAGS)
def test_reads_the_tags_of_a_page(tags: str, expected: list[str]) -> None:
    page = Page("https://example.org/", f"<html><head>{tags}</head></html>".encode())

    assert page.opt_outs == expected


def test_an_empty_page_reserves_nothing() -> None:
    assert Page("https://example.org/", b"").opt_outs == []
