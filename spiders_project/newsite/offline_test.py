"""Writes the offline test of a new site: what its site file reads on the saved pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spiders_project.newsite.describe import FACTS
from spiders_project.newsite.naming import class_name
from spiders_project.newsite.samples import Answer
from spiders_project.newsite.site_file import quoted
from spiders_project.pages.base import Site

_MOST_SHOWN = 12
_WIDTH = 100


@dataclass(frozen=True)
class SavedPages:
    """The pages of a site by the names of their files."""

    listings: Mapping[str, Answer]
    details: Mapping[str, Answer]

    @property
    def all(self) -> Mapping[str, Answer]:
        """Listings, then detail pages."""
        return {**self.listings, **self.details}


def offline_test(name: str, site: Site, saved: SavedPages, *, is_private: bool) -> str:
    """Return the text of a test; ``is_private`` where the site file is not in this package."""
    lines = [
        *_head(name, is_private=is_private),
        "",
        "PAGES = {",
        *(line for file, answer in saved.all.items() for line in _page(file, answer)),
        "}",
        "",
        "",
        "def saved_page(name: str) -> Page:",
        "    url, content_type = PAGES[name]",
        "    return Page(url, (FIXTURES / name).read_bytes(), content_type)",
        *_listing_tests(name, site, saved.listings),
        *_detail_tests(name, site, saved.details),
    ]
    return "\n".join(lines) + "\n"


def _head(name: str, *, is_private: bool) -> list[str]:
    head = ['"""Saved pages, read by the site file that scrapy newsite has inferred from them."""']
    head += ["", "from pathlib import Path", ""]
    up = "Path(__file__).parent" if is_private else "Path(__file__).parent.parent"
    fixtures = f'FIXTURES = {up} / "fixtures" / {quoted(name)}'
    if not is_private:
        module = f"spiders_project.pages.sites.{name}"
        imports = [
            "from spiders_project.pages.page import Page",
            f"from {module} import {class_name(name)}",
        ]
        return [*head, *imports, "", fixtures]
    known = f"{class_name(name)} = registry.known_sites()[{quoted(name)}]"
    return [
        *head,
        "from spiders_project.pages import registry",
        "from spiders_project.pages.page import Page",
        "",
        "registry.add_folder(Path(__file__).parent.parent)",
        known,
        fixtures,
    ]


def _page(file: str, answer: Answer) -> list[str]:
    content_type = quoted(answer.content_type) if answer.content_type else "None"
    return _fitting(f"    {quoted(file)}: ({quoted(answer.url)}, {content_type}),", [
        f"    {quoted(file)}: (",
        f"        {_long(quoted(answer.url) + ',', 8)}",
        f"        {content_type},",
        "    ),",
    ])  # fmt: skip


def _listing_tests(name: str, site: Site, listings: Mapping[str, Answer]) -> Iterator[str]:
    for number, (file, answer) in enumerate(listings.items()):
        found = site.read_listing(answer.page)
        end = "" if number == 0 else f"_{number + 1}"
        call = f"{class_name(name)}().read_listing(saved_page({quoted(file)}))"
        yield from _test(f"finds_the_cards{end}", f"{call}.cards", found.cards)
        yield from _test(f"finds_the_next_listing{end}", f"{call}.next_page", found.next_page)


def _detail_tests(name: str, site: Site, details: Mapping[str, Answer]) -> Iterator[str]:
    declared = [each for each in FACTS if getattr(site, each)]
    for field in ("image_urls", *declared):
        words = "originals" if field == "image_urls" else field
        yield from ["", "", f"def test_reads_the_{words}() -> None:"]
        for file, answer in details.items():
            value = getattr(site.read_detail(answer.page), field)
            call = f"{class_name(name)}().read_detail(saved_page({quoted(file)})).{field}"
            yield from _assertion(call, value)


def _test(name: str, call: str, value: object) -> list[str]:
    return ["", "", f"def test_{name}() -> None:", *_assertion(call, value)]


def _assertion(call: str, value: object) -> list[str]:
    if value is None:
        return _wrapped(f"    assert {call} is None", call, "is None")
    if isinstance(value, list):
        return _list_assertion(call, value)
    text = quoted(str(value))
    return _wrapped(f"    assert {call} == {text}", call, f"== {text}")


def _wrapped(line: str, call: str, rest: str) -> list[str]:
    split = ["    found = " + call, f"    assert found {_long(rest, 17)}"]
    return _fitting(line, split)


def _list_assertion(call: str, values: Sequence[str]) -> list[str]:
    """Compare a list: whole, or its length and both ends where it is long."""
    if len(values) > _MOST_SHOWN:
        return [
            f"    found = {call}",
            f"    assert len(found) == {len(values)}",
            f"    assert found[0] == {_long(quoted(values[0]), 23)}",
            f"    assert found[-1] == {_long(quoted(values[-1]), 24)}",
        ]
    one_line = f"[{', '.join(map(quoted, values))}]"
    split = [
        f"    found = {call}",
        "    assert found == [",
        *(f"        {_long(quoted(value) + ',', 8)}" for value in values),
        "    ]",
    ]
    short = [f"    found = {call}", f"    assert found == {one_line}"]
    return short if len(short[1]) <= _WIDTH else split


def _fitting(line: str, otherwise: Sequence[str]) -> list[str]:
    return [line] if len(line) <= _WIDTH else list(otherwise)


def _long(text: str, before: int) -> str:
    """Mark a line that cannot be broken: an address, a sentence."""
    return text if before + len(text) <= _WIDTH else f"{text}  # noqa: E501"
