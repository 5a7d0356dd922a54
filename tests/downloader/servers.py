"""Servers of this machine whose every byte a test decides."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self


def response(
    body: bytes = b"", status: int = 200, headers: Iterable[str] = (), length: int | None = None
) -> bytes:
    """Return a response that announces so many bytes, or as many as there are."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status} Words", f"Content-Length: {size}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def hang_up_hard(connection: socket.socket) -> None:
    """End a connection by a reset."""
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    connection.close()


@dataclass(frozen=True)
class Asked:
    """One request, byte for byte, and the number of the connection that it came on."""

    data: bytes
    connection: int

    @property
    def lines(self) -> list[str]:
        """The lines of its head."""
        return self.data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")

    @property
    def target(self) -> str:
        """What it asks for."""
        return self.lines[0].split(" ")[1]

    @property
    def headers(self) -> list[str]:
        return self.lines[1:]

    def header(self, name: str) -> str | None:
        """The value of the first header of a name."""
        start = name.lower() + ": "
        found = (line for line in self.headers if line.lower().startswith(start))
        return next((line[len(start) :] for line in found), None)

    @property
    def body(self) -> bytes:
        return self.data.partition(b"\r\n\r\n")[2]


Script = Callable[[socket.socket, Asked], None]
"""Answers one request on its connection, which ends then."""


class ScriptedServer:
    """Answers each path with bytes, or lets a function talk on the connection."""

    def __init__(self, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.answers: dict[str, bytes | Script] = {}
        self.asked: list[Asked] = []
        self.connections = 0
        self._host = host
        self._tls = tls
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family, backlog=64)
        self._thread = threading.Thread(target=self._accept)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        scheme = "https" if self._tls else "http"
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{scheme}://{host}:{self.port}"

    def put(self, path: str, answer: bytes | Script) -> str:
        """Decide the answer to a path; return its address."""
        self.answers[path] = answer
        return self.url + path

    def answer_to(self, asked: Asked) -> bytes | Script:
        """Return what to say to a request."""
        return self.answers.get(asked.target, response(b"not here", 404))

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                arguments = (connection, self.connections)
                threading.Thread(target=self._serve, args=arguments, daemon=True).start()

    def _serve(self, plain: socket.socket, number: int) -> None:
        with plain, suppress(OSError):
            connection = self._tls.wrap_socket(plain, server_side=True) if self._tls else plain
            with connection:
                while asked := _read_request(connection, number):
                    self.asked.append(asked)
                    answer = self.answer_to(asked)
                    if callable(answer):
                        answer(connection, asked)
                        return
                    connection.sendall(answer)


def _read_request(connection: socket.socket, number: int) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    wanted = next(
        (
            int(line.partition(b":")[2])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < wanted:
        body += connection.recv(65536)
    return Asked(head + b"\r\n\r\n" + body, number)
