"""Keeps the first of several candidates with one address."""

from collections.abc import Iterable

from spiders_project.pages.generic.values import Candidate


def once(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return candidates in their order, each address once."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        found.setdefault(candidate.url, candidate)
    return tuple(found.values())
