"""Follows every address that a gallery mentions anywhere, with no thought for the cost."""

import html
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException, InvalidURL
from urllib.error import HTTPError
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from urllib.request import ProxyHandler, build_opener

from benchmarks.errors import CannotMeasure

_LIMIT, _TRIES = 4_000, 3
_TEXT = re.compile(r"text/|json|xml|javascript|manifest")
_LINK = re.compile(
    r"""(?:href|src|content|data-[\w-]+|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"""["'(>=\s,\[]\s*([^"'<>()\[\]]{1,300}?\.(?:jpe?g|png|webp|gif|avif|json|xml|html?)"""
    r"""(?:\?[^"'<>()\s]*)?)(?=["'<>)\s,\]])""",
    re.IGNORECASE,
)
_SRCSET = re.compile(r"""srcset\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_NO_GALLERY = re.compile(
    r"[?&;](?:[CNSDMO]=|action=|oldid=|printable|diff=|sort=|order=)|Special:|logout|/admin"
)
_CODE = re.compile(r"[{};\n\\]|\$\{|.{600}|[^?]*[|^]")
_OPENER = build_opener(ProxyHandler({}))


@dataclass(frozen=True)
class Found:
    """One address that was fetched."""

    url: str
    kind: str
    """Its media type."""
    content_type: str
    """The same with its encoding, as the server says it."""
    body: bytes


def explore(starts: Sequence[str]) -> Iterator[Found]:
    """Yield all that can be reached from addresses of a host, each once; the first is a page."""
    first = starts[0]
    host = urlsplit(first).netloc
    known, waiting = set(starts), deque(starts)
    while waiting and len(known) < _LIMIT:
        url = waiting.popleft()
        found = fetch(url)
        if found is None:
            continue
        yield found
        # What a script mentions is meant from the page that runs it.
        bases = (found.url,) if "html" in found.kind else (found.url, first)
        for base in bases:
            for target in targets(found, base):
                if urlsplit(target).netloc == host and target not in known:
                    known.add(target)
                    waiting.append(target)


def targets(found: Found, base: str, *, in_attributes: bool = False) -> Iterator[str]:
    """Yield the addresses that a text mentions, meant from an address, or its attributes alone."""
    if _TEXT.search(found.kind):
        for link in _links(found.body.decode("utf-8", "replace"), in_attributes=in_attributes):
            target = _target(base, link)
            if target:
                yield target


def fetch(url: str) -> Found | None:
    """Return what an address answers with status 200, after redirects.

    Raises CannotMeasure where nobody answers, tried three times.
    """
    for _ in range(_TRIES):
        try:
            with _OPENER.open(url, timeout=60) as answer:
                kind, said = answer.headers.get_content_type(), answer.headers["Content-Type"]
                return Found(answer.url, kind, said or "", answer.read())
        except (HTTPError, ValueError, InvalidURL):
            return None
        except (OSError, HTTPException) as error:
            problem = error
    raise CannotMeasure(f"{url} does not answer: {problem}")


def _links(text: str, *, in_attributes: bool) -> Iterator[str]:
    plain = html.unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    plain = plain.replace("\\/", "/")
    for groups in _LINK.findall(plain):
        yield from filter(None, groups)
    if not in_attributes:
        yield from _FILE.findall(plain)
    for widths in _SRCSET.findall(plain):
        yield from (part.split()[0] for part in widths.split(",") if part.split())


def _target(base: str, link: str) -> str | None:
    try:
        joined = urldefrag(urljoin(base, link.strip()))[0]
    except ValueError:
        return None
    if not joined.startswith("http") or _NO_GALLERY.search(joined) or _CODE.search(joined):
        return None
    return quote(joined, safe="%/:=&?~#+!$,;'@()*[]")
