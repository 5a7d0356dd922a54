"""The hosts of the demo, as they stand in addresses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hosts:
    """Host and port of each server; one port of this machine answers for pages and pictures."""

    pages: str
    pictures: str
    ailing: str
    """A neighbour whose robots.txt answers 503."""
    unhurried: str
    """A neighbour whose robots.txt asks for a second between two requests."""

    @property
    def url(self) -> str:
        """Return the address of the front page, without a slash at its end."""
        return f"http://{self.pages}"

    @property
    def picture_url(self) -> str:
        """Return the address of the picture host, without a slash at its end."""
        return f"http://{self.pictures}"
