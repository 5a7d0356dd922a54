"""The names of our statistics in ``crawler.stats``; docs/statistics.md says what each counts."""

from spiders_project.outcomes import Outcome

LISTINGS_ASKED = "listings/asked"
LISTINGS_ABSENT = "listings/absent"
LISTINGS_READ = "listings/read"
LISTINGS_FAILED = "listings/failed"
LISTINGS_FORBIDDEN = "listings/forbidden"
LISTING_FAILURE = "listings/first_failure"
"""Text: the address and reason of the first listing that could not be read."""
CARDS_FOUND = "cards/found"
CARDS_ELSEWHERE = "cards/elsewhere"
DETAILS_ASKED = "details/asked"
DETAILS_READ = "details/read"
DETAILS_REMEMBERED = "details/remembered"
"""Those of the read ones that the site was not asked for: an earlier run has read them."""
DETAILS_FAILED = "details/failed"
DETAIL_FAILURE = "details/first_failure"
PROBES = "pictures/probes"
"""Candidates of originals whose first bytes were read to tell the largest."""
PICTURES_FOUND = "pictures/found"
PICTURE_BYTES = "pictures/bytes"
"""Bytes of pictures stored by this run."""
ITEM_ERRORS = "problems/item_errors"
STORAGE_PROBLEM = "problems/storage"
"""Text: what the system said when a picture could not be stored."""
FEED_PROBLEM = "problems/feed"
"""Text: what the system said when a feed could not be written."""


def pictures_with(outcome: Outcome | str, reason: str | None = None) -> str:
    """Return the name that counts pictures with an outcome, and with a reason."""
    return f"pictures/{outcome}" if reason is None else f"pictures/{outcome}/{reason}"
