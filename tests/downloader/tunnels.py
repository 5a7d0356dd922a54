"""A proxy that makes tunnels by CONNECT, and notes all that it is told."""

import base64
import socket
import ssl
import threading
from contextlib import suppress

from tests.downloader.servers import Asked, Script, ScriptedServer, response


class TunnelProxy(ScriptedServer):
    """Leads every tunnel to one server; with credentials only to whom they are known."""

    def __init__(
        self, target: ScriptedServer, credentials: str = "", tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(tls)
        self._target = target
        self._credentials = credentials

    def answer_to(self, asked: Asked) -> bytes | Script:
        """Return what to say: it is asked for hosts, not for paths."""
        known = "Basic " + base64.b64encode(self._credentials.encode()).decode()
        if self._credentials and asked.header("Proxy-Authorization") != known:
            return response(b"who?", 407, ["Proxy-Authenticate: Basic"])
        return self._tunnel

    def _tunnel(self, connection: socket.socket, asked: Asked) -> None:
        with socket.create_connection(("127.0.0.1", self._target.port)) as upstream:
            connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=_pump, args=(upstream, connection), daemon=True)
            back.start()
            _pump(connection, upstream)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
