"""What a static file server answers: whole files, parts of them, and no more than is asked for."""

import mimetypes
import re
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

_RANGE = re.compile(rb"\r\nrange: *bytes=(\d*)-(\d*)\r\n", re.IGNORECASE)
_IF_RANGE = re.compile(rb"\r\nif-range: *([^\r]*)\r\n", re.IGNORECASE)
_IF_NONE_MATCH = re.compile(rb"\r\nif-none-match: *([^\r]*)\r\n", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection: *close\r\n", re.IGNORECASE)
_FILES_KNOWN = 20_000


@dataclass(frozen=True)
class ServedFile:
    """A file, and what is said of it in every answer."""

    path: Path
    size: int
    etag: bytes
    modified: bytes
    head: bytes


@dataclass(frozen=True)
class Answer:
    """A head, and the part of a file that follows it."""

    head: bytes
    file: ServedFile | None = None
    start: int = 0
    length: int = 0
    closes: bool = False


class Answers:
    """Answers requests from the files below a folder, which nobody changes meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._find = lru_cache(_FILES_KNOWN)(self._look_up)

    def answer(self, request: bytes) -> Answer:
        """Return the answer to the head of a request, which ends with an empty line."""
        method, target = request.split(b" ", 2)[:2]
        closes = _CLOSE.search(request) is not None
        if method not in (b"GET", b"HEAD"):
            return _without_body(b"405 Method Not Allowed", b"", closes=closes)
        file = self._find(target.partition(b"?")[0])
        if file is None:
            return _without_body(b"404 Not Found", b"", closes=closes)
        known = _IF_NONE_MATCH.search(request)
        if known and file.etag in known[1]:
            return _without_body(b"304 Not Modified", file.head, closes=closes)
        answer = _part(file, request, closes=closes)
        return answer if method == b"GET" else Answer(answer.head, closes=closes)

    def _look_up(self, target: bytes) -> ServedFile | None:
        path = self._folder / unquote(target.decode("latin-1")).lstrip("/")
        if ".." in path.parts or not path.is_file():
            return None
        facts = path.stat()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'.encode()
        modified = formatdate(facts.st_mtime, usegmt=True).encode()
        head = b"Content-Type: %s\r\nETag: %s\r\nLast-Modified: %s\r\nAccept-Ranges: bytes\r\n"
        return ServedFile(
            path, facts.st_size, etag, modified, head % (kind.encode(), etag, modified)
        )


def _part(file: ServedFile, request: bytes, *, closes: bool) -> Answer:
    """Return the whole file, or the range that is asked for (RFC 9110, 14.1.2 and 13.1.5)."""
    asked = _RANGE.search(request)
    condition = _IF_RANGE.search(request)
    is_same = condition is None or condition[1].strip() in (file.etag, file.modified)
    if asked is None or not is_same or asked[1] + asked[2] == b"":
        head = b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n" % (file.head, file.size)
        return Answer(head, file, 0, file.size, closes)
    if asked[1]:
        start, last = int(asked[1]), min(int(asked[2] or file.size), file.size - 1)
    else:
        start, last = max(0, file.size - int(asked[2])), file.size - 1
    if start > last:
        total = b"Content-Range: bytes */%d\r\n" % file.size
        return _without_body(b"416 Range Not Satisfiable", total, closes=closes)
    place = b"Content-Range: bytes %d-%d/%d\r\n" % (start, last, file.size)
    length = last + 1 - start
    head = b"HTTP/1.1 206 Partial Content\r\n%s%sContent-Length: %d\r\n\r\n"
    return Answer(head % (file.head, place, length), file, start, length, closes)


def _without_body(status: bytes, head: bytes, *, closes: bool) -> Answer:
    return Answer(b"HTTP/1.1 %s\r\n%sContent-Length: 0\r\n\r\n" % (status, head), closes=closes)
