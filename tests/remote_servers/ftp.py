"""FTP by pyftpdlib, and what a test wants it to refuse."""

import shutil
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer as Server

_EVERYTHING = "elradfmwMT"
_RENAME = "f"


class FtpServer:
    """A folder, and a look at the commands that come."""

    def __init__(self, *, lets_rename: bool = True, renames_over: bool = True) -> None:
        self.troubles = 0
        self.is_broken = False
        self.knows_size = True
        self.refused_name = ""
        self.renames_over = renames_over
        self.commands: list[str] = []
        self.connections = 0
        self.most_connections = 0
        self.root = Path(tempfile.mkdtemp())
        authorizer = DummyAuthorizer()
        may = _EVERYTHING if lets_rename else _EVERYTHING.replace(_RENAME, "")
        authorizer.add_user("me", "p@ss/word", str(self.root), perm=may)
        names = {"ftp": self, "authorizer": authorizer, "auth_failed_timeout": 0.01}
        self._server = Server(("127.0.0.1", 0), type("Handler", (_Handler,), names))
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()
        shutil.rmtree(self.root)

    def _serve(self) -> None:
        while not self._is_over.is_set():
            self._server.ioloop.loop(timeout=0.02, blocking=False)
        self._server.close_all()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.address[1]}"

    @property
    def place(self) -> str:
        return f"ftp://me:p%40ss%2Fword@{self.host}/folder"

    @property
    def wrong_places(self) -> list[str]:
        return [f"ftp://me:wrong@{self.host}/folder", f"ftp://nobody:at-all@{self.host}"]

    @property
    def settings(self) -> Mapping[str, Any]:
        return {"FTP_USER": "me", "FTP_PASSWORD": "p@ss/word"}

    @property
    def environment(self) -> Mapping[str, str]:
        return {}

    @property
    def files(self) -> dict[str, bytes]:
        found = {}
        for path in self.root.rglob("*"):
            with suppress(FileNotFoundError, IsADirectoryError):  # one may be renamed right now
                found[path.relative_to(self.root).as_posix()] = path.read_bytes()
        return found

    def put(self, name: str, body: bytes) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)

    def refusal(self, command: str, argument: str) -> str | None:
        """Note a command; return an answer that is not pyftpdlib's."""
        self.commands.append(f"{command} {argument}".rstrip())
        if command == "STOR" and self.is_broken and not argument.endswith(".probe"):
            return "552 The disk is full."
        if command == "STOR" and self.troubles:
            self.troubles -= 1
            return "421 Come again."
        if command == "SIZE" and not self.knows_size:
            return "502 Not known."
        if (
            self.refused_name
            and command in ("STOR", "RNTO")
            and argument.endswith(self.refused_name)
        ):
            return "553 No such name here."
        if command == "RNTO" and not self.renames_over and (self.root / argument[1:]).exists():
            return "550 There is a file."
        return None


class _Handler(FTPHandler):  # type: ignore[misc]  # pyftpdlib has no types
    ftp: FtpServer

    def on_connect(self) -> None:
        self.ftp.connections += 1
        self.ftp.most_connections = max(self.ftp.most_connections, self.ftp.connections)

    def on_disconnect(self) -> None:
        self.ftp.connections -= 1

    def pre_process_command(self, line: str, cmd: str, arg: str) -> None:
        refusal = self.ftp.refusal(cmd, arg)
        if refusal is None:
            super().pre_process_command(line, cmd, arg)
            return
        self.respond(refusal)
        if refusal.startswith("421"):
            self.close_when_done()
