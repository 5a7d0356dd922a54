"""Why bytes are no picture that is kept."""

from collections.abc import Mapping

from spiders_project.outcomes import Reason


class PictureRefused(Exception):
    """These bytes are no picture that we keep; ``reason`` is from the closed list."""

    def __init__(self, reason: Reason, detail: str, facts: Mapping[str, int] | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.facts = facts or {}
        """What the reason depends on: width and height in pixels."""


def truncated(detail: str) -> PictureRefused:
    """Return the refusal of a picture whose end is missing."""
    return PictureRefused(Reason.TRUNCATED, detail)


def damaged(detail: str) -> PictureRefused:
    """Return the refusal of a picture with wrong bytes."""
    return PictureRefused(Reason.DAMAGED, detail)
