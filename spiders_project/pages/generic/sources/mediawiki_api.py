"""Asks a MediaWiki for files: fifty with their originals and licences a request."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

from spiders_project.pages.generic.dates import date_of
from spiders_project.pages.generic.loose import (
    Json,
    at,
    first,
    first_text,
    json_of,
    objects,
    plain,
    whole_number,
)
from spiders_project.pages.generic.sources.mediawiki import original_of
from spiders_project.pages.generic.sources.turning import with_query
from spiders_project.pages.generic.spelling.addresses import name_of, path_of
from spiders_project.pages.generic.values import (
    Candidate,
    Clue,
    Facts,
    Kind,
    Picture,
    Reading,
    Source,
)
from spiders_project.pages.page import Page

_CATEGORY, _FILE = 14, 6
_AT_ONCE = 50
"""Titles a request for who has no special right (API:Query)."""
_LONGEST = 6000
_PROPERTIES = {
    "action": "query",
    "format": "json",
    "formatversion": "2",
    "prop": "imageinfo",
    "iiprop": "url|size|mime|extmetadata",
}
_NAME = re.compile(r'"wgPageName":\s*"((?:[^"\\]|\\.)*)"')
_NAMESPACE = re.compile(r'"wgNamespaceNumber":\s*(-?\d+)')


def api_of(page: Page) -> str | None:
    """Return the address of the API that a page of a wiki names (``EditURI``)."""
    links = page.selector.root.xpath("//link[@rel='EditURI']/@href")
    urls = [url for link in links if (url := page.absolute(link)) and "api.php" in url]
    return urls[0].partition("?")[0] if urls else None


def file_requests(page: Page) -> list[str]:
    """Return the requests that tell the files of a wiki's page: its category, or what it shows."""
    api = api_of(page)
    if api is None:
        return []
    title, namespace = _place(page)
    if namespace == _CATEGORY:
        return [_of_category(api, title)]
    if namespace == _FILE:
        return [_of_titles(api, [title])]
    files = _files_shown(page)
    chunks = [files[start : start + _AT_ONCE] for start in range(0, len(files), _AT_ONCE)]
    return [url for chunk in chunks if len(url := _of_titles(api, chunk)) < _LONGEST]


def _of_category(api: str, title: str) -> str:
    members = {"generator": "categorymembers", "gcmtitle": title, "gcmtype": "file|subcat"}
    return f"{api}?{urlencode({**_PROPERTIES, **members, 'gcmlimit': str(_AT_ONCE)})}"


def _of_titles(api: str, titles: list[str]) -> str:
    return f"{api}?{urlencode({**_PROPERTIES, 'titles': '|'.join(titles)})}"


def _place(page: Page) -> tuple[str, int]:
    """Return title and namespace of a page, as its script says them, or its address."""
    name, number = _NAME.search(page.text), _NAMESPACE.search(page.text)
    title = ""
    if name is not None:
        title = str(json_of(f'"{name[1]}"') or name[1])
    title = title or parse_qs(urlsplit(page.url).query).get("title", [name_of(page.url)])[0]
    if number is not None:
        return title, int(number[1])
    classes = page.selector.root.xpath("string(//body/@class)")
    spelled = re.search(r"\bns-(\d+)\b", classes)
    return title, int(spelled[1]) if spelled else 0


def _files_shown(page: Page) -> list[str]:
    """Return the titles of the files that an article shows, by the links around them."""
    names = []
    for image in page.selector.root.xpath("//a[@href]//img"):
        link = next(image.iterancestors("a")).get("href") or ""
        name = parse_qs(urlsplit(link).query).get("title", [""])[0] if _is_safe(link) else ""
        name = name or path_of(link).rpartition("/")[2]
        is_file = ":" in name and original_of(page.absolute(image.get("src") or "") or "")
        names += [name] if is_file else []
    return list(dict.fromkeys(names))


def _is_safe(link: str) -> bool:
    try:
        urlsplit(link)
    except ValueError:
        return False
    return True


def read_query(page: Page) -> Reading:
    """Return the files of an answer, its continuation as next page, subcategories as sources."""
    told = json_of(page.text)
    answered = at(told, "query", "pages")
    # formatversion 1 answers an object by page number.
    pages = objects(list(answered.values()) if isinstance(answered, dict) else answered)
    pictures = {each.candidates[0].url: each for each in _pictures(page, pages)}
    api = page.url.partition("?")[0]
    albums = [each["title"] for each in pages if each.get("ns") == _CATEGORY and each.get("title")]
    onwards = {str(key): str(value) for key, value in first(at(told, "continue")).items()}
    return Reading(
        frozenset({Kind.LISTING} if pictures else {Kind.NONE}),
        pictures=tuple(pictures.values()),
        next_pages=(with_query(page.url, onwards),) if onwards else (),
        sources=tuple(
            Source(_of_category(api, str(title)), "mediawiki", is_complete=True, rank=4)
            for title in albums
        ),
    )


def _pictures(page: Page, pages: list[dict[str, Json]]) -> Iterator[Picture]:
    for each in pages:
        info = first(each.get("imageinfo"))
        url = info.get("url")
        is_picture = str(info.get("mime") or "image/").startswith("image/")
        address = page.absolute(url) if isinstance(url, str) and is_picture else None
        if address is not None:
            candidate = Candidate(
                address,
                Clue.API,
                whole_number(info.get("width")),
                whole_number(info.get("height")),
                size_bytes=whole_number(info.get("size")),
            )
            yield Picture((candidate,), _facts(str(each.get("title") or ""), info))


def _facts(name: str, info: dict[str, Json]) -> Facts:
    told = {key: at(each, "value") for key, each in first(info.get("extmetadata")).items()}
    stem = re.sub(r"\.\w{2,5}$", "", name.partition(":")[2] or name).replace("_", " ")
    categories = str(told.get("Categories") or "").split("|")
    return Facts(
        title=first_text(told.get("ObjectName"), stem),
        tags=tuple(filter(None, map(plain, categories))),
        author=first_text(told.get("Artist"), told.get("Attribution")),
        license=first_text(told.get("LicenseUrl"), told.get("LicenseShortName")),
        published=date_of(plain(told.get("DateTimeOriginal"))) or date_of(told.get("DateTime")),
        description=first_text(told.get("ImageDescription")),
    )
