"""A server of one picture that is cut at first, and answers the wish for the rest in many ways."""

import re
import socket
from dataclasses import dataclass

from tests.downloader.servers import Asked, response


@dataclass
class CutPicture:
    """Sends 60% of a picture, and then what ``answer_to_range`` says."""

    body: bytes
    later: str = "rest"
    """How a Range is answered: rest, whole, changed, wrong, behind."""
    new_body: bytes = b""
    validators: tuple[str, ...] = ('ETag: "first"', "Last-Modified: Sat, 01 Nov 2025 00:00:00 GMT")
    errors: int = 0
    """How many answers of 503 come between."""
    sent_bytes: int = 0
    """Bytes of bodies, of the answers that are pictures."""
    is_cut: bool = False

    @property
    def held_bytes(self) -> int:
        """What comes before the cut."""
        return len(self.body) * 6 // 10

    def __call__(self, connection: socket.socket, asked: Asked) -> None:
        """Answer a request; the connection ends then."""
        if not self.is_cut:
            self.is_cut = True
            part = self.body[: self.held_bytes]
            self._send(connection, part, 200, length=len(self.body))
        elif self.errors:
            self.errors -= 1
            connection.sendall(response(b"later", 503, ['ETag: "page"', "Retry-After: 0"]))
        else:
            self._answer_again(connection, asked)

    def _answer_again(self, connection: socket.socket, asked: Asked) -> None:
        found = re.fullmatch(r"bytes=(\d+)-", asked.header("Range") or "")
        first = int(found[1]) if found else 0
        is_same = asked.header("If-Range") == self.validators[0].partition(": ")[2]
        if not found or not is_same or self.later == "whole":
            self._send(connection, self.new_body or self.body, 200)
        elif self.later == "changed":
            self._send(connection, self.new_body, 200)
        elif self.later == "behind":
            connection.sendall(response(b"no", 416, [f"Content-Range: bytes */{first}"]))
        else:
            begin = first + (1 if self.later == "wrong" else 0)
            part = f"Content-Range: bytes {begin}-{len(self.body) - 1}/{len(self.body)}"
            self._send(connection, self.body[begin:], 206, part)

    def _send(
        self,
        connection: socket.socket,
        body: bytes,
        status: int,
        *headers: str,
        length: int | None = None,
    ) -> None:
        lines = ["Content-Type: image/png", *self.validators, *headers]
        connection.sendall(response(body, status, lines, length))
        self.sent_bytes += len(body)
