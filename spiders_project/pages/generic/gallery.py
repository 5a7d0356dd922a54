"""A gallery that nobody has described, as a site: an address and a modest pace, no selectors."""

from spiders_project.errors import WrongInput
from spiders_project.pages.base import Site
from spiders_project.urls import host_of, origin_of, split_web_address

_REVISION = "any-1"
"""Changes with what the reader finds, so that pages are read again by a better one."""


class AnyGallery(Site):
    """What is known before the first page is read: where it is."""

    label = "any gallery, read as it is"
    is_described = False
    revision = _REVISION
    verified = "never: it is read as it is"
    start: str
    """The address that a person has typed."""

    def category_of(self, address: str) -> str | None:
        """Return None: its albums are found on the way."""
        return None


def gallery_at(address: str) -> type[AnyGallery]:
    """Return the gallery at a web address; raises WrongInput for any other text."""
    parts = split_web_address(address)
    if parts is None:
        raise WrongInput(f"site={address} is no http or https address with a host")
    origin = origin_of(address)
    start = parts._replace(fragment="", path=parts.path or "/").geturl()
    return type(
        "Gallery",
        (AnyGallery,),
        {
            "name": host_of(address),
            "root": origin,
            "hosts": (origin.partition("://")[2],),
            "start": start,
        },
    )
