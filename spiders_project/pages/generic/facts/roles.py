"""What the words in a class, an attribute or a microdata property say that a text is."""

import re
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """What a piece of a page tells of a picture."""

    TITLE = "title"
    CAPTION = "caption"
    """A title, or a description, or both."""
    DESCRIPTION = "description"
    AUTHOR = "author"
    LICENSE = "license"
    PUBLISHED = "published"
    TAG = "tag"
    CATEGORY = "category"


_ROLES = {
    Role.TITLE: "title titel titre titulo headline name",
    Role.CAPTION: "caption captions legend legende figcaption cap subhtml",
    Role.DESCRIPTION: "description desc ngdesc summary abstract beschreibung excerpt blurb intro",
    Role.AUTHOR: "author creator photographer artist byline credit credits fotograf uploader owner"
    " autor auteur autore fn copyrightholder",
    Role.LICENSE: "license licence lizenz rights usageinfo",
    Role.PUBLISHED: "date datum pubdate published datepublished uploaddate datecreated posted"
    " dateline time timestamp",
    Role.TAG: "tag tags keyword keywords tagged hashtag hashtags",
    Role.CATEGORY: "category categories cat articlesection",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_OTHER_THINGS = frozenset(
    "site logo nav navbar navigation menu avatar icon btn button form widget cloud tagcloud comment"
    " comments sidebar related similar share social search login cookie cookies brand blog"
    " subtitle count counter header footer toggle file filename input label prev next pager width"
    " height src url href id index size color colour container wrapper wrap list row grid gallery"
    " overlay modified updated expires animation delay duration offset class style target position"
    " effect type attribution action actions".split()
)
_CONTAINERS = frozenset("container wrapper wrap list row grid gallery overlay header".split())
"""Words that say nothing of what is inside when another word does."""
_NEUTRAL = frozenset(
    "text name content value body inner item items block box area field link info line label html"
    " main full short original by at on created for is".split()
)
"""Words that may follow the word of a role: ``tag-heron`` is no place of tags."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_PEOPLE = frozenset(("user", "author", "artist", "photographer", "owner", "creator", "uploader"))
_PICTURES = frozenset(("image", "photo", "picture", "pic", "img"))
_DATES = frozenset(("published", "publish", "upload", "posted", "pub", "entry", "post"))


@lru_cache(maxsize=4096)
def role_of(name: str) -> Role | None:
    """Return the role that one class, attribute or property names, such as ``photo-title``."""
    words = [word.lower() for word in _WORD.findall(name[:80])]
    if "comment" in words and _PICTURES & set(words):
        return Role.DESCRIPTION
    roles = [(word, _ROLE_OF[word]) for word in words if word in _ROLE_OF]
    if not roles or _other_thing_in(words):
        return None
    word, role = roles[-1]
    if not _NEUTRAL.issuperset(words[words.index(word) + 1 :]):
        return None
    if word == "name":
        return Role.AUTHOR if _PEOPLE & set(words) else Role.TITLE
    if word in ("time", "timestamp", "cat", "cap") and len(words) > 1 and not _DATES & set(words):
        return None
    return role


def _other_thing_in(words: list[str]) -> bool:
    others = set(words) & _OTHER_THINGS
    # The title of a gallery list is a title; a list of galleries is not.
    return bool(others - _CONTAINERS) or words[-1] in _CONTAINERS


@lru_cache(maxsize=4096)
def role_in_class(classes: str) -> Role | None:
    """Return the role that a class attribute names."""
    for name in classes.split()[:12]:
        if role := role_of(name):
            return role
    return None


@lru_cache(maxsize=4096)
def role_of_data(attribute: str) -> Role | None:
    """Return the role of a ``data-`` attribute, such as ``data-caption``; None for any other."""
    name = attribute.removeprefix("data-")
    return role_of(name.replace("sub-html", "subhtml")) if name != attribute else None
