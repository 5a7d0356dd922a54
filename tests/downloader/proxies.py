"""Real proxies on this machine: one for HTTP, one that speaks SOCKS5."""

import base64
import socket
import socketserver
import threading
from collections.abc import Mapping
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

Address = tuple[str, int]
_HOP_BY_HOP = ("connection", "proxy-connection", "proxy-authorization", "transfer-encoding")


class Proxy:
    """Forwards requests and notes where they went; ``hosts`` are the names that it knows.

    With ``hosts`` a test can have a public site: the proxy leads its address to
    a server of this machine.
    """

    scheme: str

    def __init__(
        self, server: socketserver.TCPServer, hosts: Mapping[str, Address], credentials: str
    ) -> None:
        self.hosts = hosts
        self.credentials = credentials
        self.asked_for: list[str] = []
        """Hosts of the requests, or of the connections."""
        self.refused = 0
        """Requests without the right user and password."""
        self._server = server
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        user = f"{self.credentials}@" if self.credentials else ""
        return f"{self.scheme}://{user}127.0.0.1:{self.port}"

    def address_of(self, host: str, port: int) -> Address:
        self.asked_for.append(host)
        return self.hosts.get(host, (host, port))


class HttpProxy(Proxy):
    """A forward proxy for ``http://`` addresses."""

    scheme = "http"

    def __init__(self, hosts: Mapping[str, Address], credentials: str = "") -> None:
        super().__init__(_HttpServer(self), hosts, credentials)


class SocksProxy(Proxy):
    """A SOCKS5 proxy (RFC 1928), with user and password (RFC 1929) where it has some."""

    scheme = "socks5"

    def __init__(self, hosts: Mapping[str, Address], credentials: str = "") -> None:
        super().__init__(_SocksServer(self), hosts, credentials)


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, proxy: Proxy) -> None:
        super().__init__(("127.0.0.1", 0), _HttpHandler)
        self.proxy = proxy


class _HttpHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _HttpServer

    def do_GET(self) -> None:
        proxy = self.server.proxy
        if proxy.credentials and self._credentials() != proxy.credentials:
            proxy.refused += 1
            self._send(407, {"Proxy-Authenticate": "Basic"}, b"who are you?")
            return
        parts = urlsplit(self.path)
        connection = HTTPConnection(*proxy.address_of(parts.hostname or "", parts.port or 80))
        headers = {
            name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP
        }
        try:
            connection.request("GET", parts._replace(scheme="", netloc="").geturl(), None, headers)
            response = connection.getresponse()
            body = response.read()
        except OSError:
            self._send(502, {}, b"nobody there")
            return
        finally:
            connection.close()
        kept = {
            name: value
            for name, value in response.getheaders()
            if name.lower() not in (*_HOP_BY_HOP, "content-length", "date", "server")
        }
        self._send(response.status, kept, body)

    def _credentials(self) -> str:
        encoded = self.headers.get("Proxy-Authorization", "").removeprefix("Basic ")
        return base64.b64decode(encoded).decode()

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


class _SocksServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, proxy: Proxy) -> None:
        super().__init__(("127.0.0.1", 0), _SocksHandler)
        self.proxy = proxy


class _SocksHandler(socketserver.StreamRequestHandler):
    server: _SocksServer

    def handle(self) -> None:
        proxy = self.server.proxy
        _, methods = self.rfile.read(2)
        offered = self.rfile.read(methods)
        method = 2 if proxy.credentials else 0
        self.wfile.write(bytes([5, method if method in offered else 0xFF]))
        if method not in offered or (method and not self._knows_password()):
            proxy.refused += 1
            return
        _, _, _, kind = self.rfile.read(4)
        address = proxy.address_of(self._host(kind), int.from_bytes(self.rfile.read(2), "big"))
        try:
            upstream = socket.create_connection(address)
        except OSError:
            self.wfile.write(bytes([5, 5, 0, 1]) + bytes(6))
            return
        with upstream:
            self.wfile.write(bytes([5, 0, 0, 1]) + bytes(6))
            back = threading.Thread(target=_pump, args=(upstream, self.connection), daemon=True)
            back.start()
            _pump(self.connection, upstream)
            back.join()

    def _knows_password(self) -> bool:
        self.rfile.read(1)
        words = [self.rfile.read(self.rfile.read(1)[0]).decode() for _ in range(2)]
        is_known = ":".join(words) == self.server.proxy.credentials
        self.wfile.write(bytes([1, 0 if is_known else 1]))
        return is_known

    def _host(self, kind: int) -> str:
        if kind == 3:
            return self.rfile.read(self.rfile.read(1)[0]).decode()
        if kind == 1:
            return socket.inet_ntop(socket.AF_INET, self.rfile.read(4))
        return socket.inet_ntop(socket.AF_INET6, self.rfile.read(16))


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
