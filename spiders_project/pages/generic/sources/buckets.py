"""Reads the listing of an S3 bucket, which is a directory index in XML."""

from urllib.parse import quote, urlsplit

from spiders_project.pages.generic.loose import whole_number
from spiders_project.pages.generic.sources.turning import with_query
from spiders_project.pages.generic.sources.xml import child_text, children, root_of, tag_of
from spiders_project.pages.generic.spelling.addresses import is_picture_name
from spiders_project.pages.generic.values import (
    Candidate,
    Card,
    Clue,
    Facts,
    Kind,
    Picture,
    Reading,
)
from spiders_project.pages.page import Page
from spiders_project.urls import origin_of


def read_bucket(page: Page) -> Reading | None:
    """Return the pictures of a bucket's listing (S3: ListObjectsV2), None for another page."""
    if "ListBucketResult" not in page.text[:1000]:
        return None
    root = root_of(page)
    if root is None or tag_of(root) != "listbucketresult":
        return None
    base = _base(page, child_text(root, "name") or "")
    pictures = []
    key = ""
    for entry in children(root, "contents"):
        key = child_text(entry, "key") or ""
        if is_picture_name(key) and (url := page.absolute(base + quote(key))):
            size = whole_number(child_text(entry, "size"))
            pictures.append(Picture((Candidate(url, Clue.INDEX, size_bytes=size),)))
    prefixes = [child_text(each, "prefix") or "" for each in children(root, "commonprefixes")]
    cards = [
        Card(
            with_query(page.url, {"prefix": each}), "folder", Picture((), Facts(title=_last(each)))
        )
        for each in prefixes
    ]
    onwards = {}
    if child_text(root, "istruncated") == "true":
        token = child_text(root, "nextcontinuationtoken")
        onwards = (
            {"continuation-token": token}
            if token
            else {"marker": child_text(root, "nextmarker") or key}
        )
    kinds = {Kind.LISTING} if pictures else set()
    return Reading(
        frozenset(kinds | ({Kind.ALBUMS} if cards else set()) or {Kind.NONE}),
        tuple(cards),
        tuple(pictures),
        (with_query(page.url, onwards),) if onwards else (),
    )


def _base(page: Page, bucket: str) -> str:
    """Return what keys start from: the host, or its first folder, which is then the bucket."""
    is_below = bucket and urlsplit(page.url).path.startswith(f"/{bucket}")
    return origin_of(page.url) + (f"/{bucket}/" if is_below else "/")


def _last(prefix: str) -> str:
    return prefix.rstrip("/").rpartition("/")[2]
