"""A small picture gallery over real HTTP whose every answer a test decides."""

import html
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any, Self

from PIL import Image

LISTING = "/hdwallpapers/meinv/index.html"


def picture_bytes(number: int = 0, picture_format: str = "JPEG", **options: Any) -> bytes:
    """Return a picture of 160x120 pixels, another one for every number."""
    size = options.pop("size", (160, 120))
    gradient = Image.linear_gradient("L").resize(size)
    colour = Image.new("L", size, number * 37 % 256)
    picture = Image.merge("RGB", (gradient, colour, gradient.rotate(180)))
    buffer = BytesIO()
    picture.save(buffer, picture_format, **options)
    return buffer.getvalue()


@dataclass
class Answer:
    """What the server says to a request for a path."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    more_headers: Sequence[tuple[str, str]] = ()
    """Further ones, also with a name that is there already."""
    hangs_up: bool = False
    """True where the connection ends without a word."""
    delay_seconds: float = 0
    """How long it takes to come."""
    takes_ranges: bool = False
    """True where a request for the first bytes gets no more than those (RFC 9110, 14.2)."""

    def to(self, conditions: Mapping[str, str]) -> "Answer":
        """Return what to say to a request's headers: 304 where its copy is still good.

        RFC 9110, 13.1: an entity tag outranks a date.
        """
        tag, changed = self.headers.get("ETag"), self.headers.get("Last-Modified")
        known, since = conditions.get("If-None-Match"), conditions.get("If-Modified-Since")
        if self.status != 200:
            return self
        if self.takes_ranges and "Range" in conditions:
            return self._beginning(conditions["Range"])
        if known is not None:
            tags = {each.strip().removeprefix("W/") for each in known.split(",")}
            is_fresh = "*" in tags or (tag or "").removeprefix("W/") in tags
        else:
            is_fresh = bool(since and changed and _date(changed) <= _date(since))
        return replace(self, status=304, body=b"") if is_fresh else self

    def _beginning(self, wanted: str) -> "Answer":
        end = int(wanted.removeprefix("bytes=0-")) + 1
        part = self.body[:end]
        place = {"Content-Range": f"bytes 0-{len(part) - 1}/{len(self.body)}"}
        return replace(self, status=206, body=part, headers=dict(self.headers) | place)


def _date(text: str) -> float:
    return parsedate_to_datetime(text).timestamp()


@dataclass(frozen=True)
class Visit:
    """One request that came, and when."""

    path: str
    host: str
    """As the request names it, without the port."""
    headers: Mapping[str, str]
    seconds: float
    """On a clock that never goes back."""


class Gallery:
    """A site with the structure of moyublog; pages and pictures are put in by tests.

    A path in ``answers`` may begin with ``//host``: the answer for that host only.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.turns: dict[str, list[Answer]] = {}
        self.visits: list[Visit] = []
        self.requests: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def picture_url(self) -> str:
        """The same server under another host name."""
        return f"http://localhost:{self._server.server_port}"

    @property
    def port(self) -> int:
        return self._server.server_port

    def put_first(self, path: str, *answers: Answer) -> None:
        """Give these answers once each, in this order, before the usual one."""
        self.turns[path] = list(answers)

    def visits_of(self, path: str, host: str | None = None) -> list[Visit]:
        """Return the requests for a path, in order; of one host, or of all."""
        return [
            visit
            for visit in tuple(self.visits)
            if visit.path == path and host in (None, visit.host)
        ]

    def answer(self, visit: Visit) -> Answer:
        """Return what to say to a request."""
        if self.turns.get(visit.path):
            return self.turns[visit.path].pop(0)
        usual = self.answers.get(visit.path, Answer(b"not here", 404))
        return self.answers.get(f"//{visit.host}{visit.path}", usual)

    def put(self, path: str, body: bytes, content_type: str = "text/html; charset=utf-8") -> str:
        """Answer a path with a body; return its address on the picture host."""
        self.answers[path] = Answer(body, headers={"Content-Type": content_type})
        return self.picture_url + path

    def put_listing(self, links: Iterable[str], path: str = LISTING) -> None:
        cards = "".join(f'<a target="_blank" href="{html.escape(link)}">.</a>' for link in links)
        self.put(path, f'<div class="slist">{cards}</div>'.encode())

    def put_detail(self, path: str, title: str, *picture_urls: str) -> str:
        """Answer a path with a detail page; return the path, for a listing."""
        pictures = "".join(
            f'<img src="{html.escape(url)}" title="{html.escape(title)}">' for url in picture_urls
        )
        self.put(path, f'<div class="photo-pic">{pictures}</div>'.encode())
        return path

    def put_pictures(self, pictures: Mapping[str, Answer | bytes]) -> None:
        """Make a whole gallery: a listing, and a detail page and a picture for each title."""
        links = []
        for number, (title, given) in enumerate(pictures.items()):
            path = f"/pictures/{number}.jpg"
            jpeg = {"Content-Type": "image/jpeg"}
            answer = Answer(given, headers=jpeg) if isinstance(given, bytes) else given
            self.answers[path] = answer
            links.append(self.put_detail(f"/{number}.html", title, self.picture_url + path))
        self.put_listing(links)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, gallery: Gallery) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.gallery = gallery

    def handle_error(self, *about: Any) -> None:
        """Say nothing of clients that are gone: some tests kill them."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*about)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        gallery = self.server.gallery
        gallery.requests[self.path] += 1
        gallery.headers[self.path] = dict(self.headers)
        host = self.headers.get("Host", "").rpartition(":")[0]
        visit = Visit(self.path, host, dict(self.headers), time.monotonic())
        gallery.visits.append(visit)
        answer = gallery.answer(visit).to(visit.headers)
        time.sleep(answer.delay_seconds)
        if answer.hangs_up:
            self.close_connection = True
            return
        self.send_response(answer.status)
        # RFC 9110, 8.6: a 304 must not say the length of a body that it leaves out.
        size = {} if answer.status == 304 else {"Content-Length": str(len(answer.body))}
        headers = size | dict(answer.headers)
        for name, value in headers.items():
            self.send_header(name, value)
        for name, value in answer.more_headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)
        # A promise of more bytes than there are can only be broken by hanging up.
        self.close_connection = headers.get("Content-Length", "0") != str(len(answer.body))

    def log_message(self, *_: object) -> None:
        """Stay silent: the tests look at ``requests``."""
