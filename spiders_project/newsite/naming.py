"""What a new site is called in the project: from its host, or as a person wants."""

import re

from spiders_project.errors import WrongInput
from spiders_project.urls import split_web_address

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_SECOND_LEVELS = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "ne", "or"))
_WITHOUT_MEANING = frozenset(("www", "m", "web"))


def name_of(url: str, wanted: str | None = None) -> str:
    """Return the name of a site, in snake case; raises WrongInput for one that cannot be."""
    if wanted is not None:
        if not _NAME.fullmatch(wanted):
            raise WrongInput(f"--name {wanted} is no name of a site: small letters, digits and _")
        return wanted
    parts = split_web_address(url)
    assert parts is not None
    host = (parts.hostname or "").strip(".")
    if re.fullmatch(r"[\d.]+|[0-9a-f:]+|localhost", host):
        return f"gallery_{parts.port or 80}"
    labels = [label for label in host.split(".") if label not in _WITHOUT_MEANING]
    if len(labels) > 1:
        labels.pop()
    if len(labels) > 1 and labels[-1] in _SECOND_LEVELS:
        labels.pop()
    name = "_".join(re.sub(r"[^a-z0-9]+", "_", label).strip("_") for label in labels)
    return name if _NAME.fullmatch(name) else f"site_{name}".rstrip("_")


def class_name(name: str) -> str:
    """Return the name of the class of a site: ``bird_house`` is ``BirdHouse``."""
    return "".join(word.capitalize() for word in name.split("_"))
