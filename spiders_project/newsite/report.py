"""What the commands print: one line for each field, with its selector and what it reads."""

from collections.abc import Iterator, Sequence

from spiders_project.newsite.describe import FACTS, Declarations
from spiders_project.newsite.samples import SeenDetail, Survey
from spiders_project.pages.base import Detail, Listing, Site

_LONGEST = 70


def found_lines(found: Declarations, site: Site, survey: Survey) -> Iterator[str]:
    """Yield what was found on a new site."""
    listing = site.read_listing(survey.listings[0].answer.page)
    details = [site.read_detail(each.answer.page) for each in survey.details]
    yield _line("listing", found.address.pattern, survey.listings[0].answer.url)
    yield _line("categories", "", ", ".join(found.categories))
    yield _line("cards", found.card_link, f"{len(listing.cards)}, first {listing.cards[0]}")
    yield _line("next", *_next(found, listing, survey))
    yield _line("picture", found.picture, _picture(details[0], survey.details[0]))
    for name in FACTS:
        selector = found.selector_of(name)
        if name in found.unreachable:
            yield _line(name, "", f"no selector gives exactly {short(found.unreachable[name])!r}")
        else:
            yield _line(name, selector or "", _values(details, name) if selector else "none seen")


def _next(found: Declarations, listing: Listing, survey: Survey) -> tuple[str, str]:
    if "next_link" in found.unreachable:
        return "", f"no declaration leads to {found.unreachable['next_link']}"
    way = found.next_link or found.listing_page_address or ""
    return way, listing.next_page or survey.listings[0].next_page or "one page only"


def _picture(detail: Detail, seen: SeenDetail) -> str:
    original = seen.original
    size = f" ({original.width} x {original.height})" if original else " (could not be had)"
    more = f", and {len(detail.image_urls) - 1} more" if len(detail.image_urls) > 1 else ""
    return (detail.image_urls[0] if detail.image_urls else "empty") + size + more


def _values(details: Sequence[Detail], name: str) -> str:
    values = [value_of(detail, name) or "empty" for detail in details]
    return " | ".join(dict.fromkeys(map(short, values)))


def value_of(detail: Detail, name: str) -> str:
    """Return the value of a field as a person reads it; "" where there is none."""
    value: object = getattr(detail, name)
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def short(text: str) -> str:
    """Return the beginning of a text."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _line(name: str, selector: str, value: str) -> str:
    return f"{name:<12} {value}" + (f"   [{selector}]" if selector else "")
