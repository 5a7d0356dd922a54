"""Opens the sockets of connections, and none to an address that no crawl may connect to."""

import logging
import socket
from typing import Any
from urllib.parse import urlsplit

import pycurl

from spiders_project.downloader.resolver import guards

logger = logging.getLogger(__name__)


class GuardedSockets:
    """The place where every address is judged that is really connected to.

    libcurl asks here for a socket after it has looked a name up, so an answer
    of a name server that changes, a redirect and any spelling of an address
    come here alike.
    """

    def __init__(self) -> None:
        self._url = ""
        self.refusal: str | None = None
        """Why a connection was refused, in words."""

    def prepare(self, url: str) -> None:
        """Take the address of the site, or of the proxy, that is connected to next."""
        self._url = url
        self.refusal = None

    def open(self, purpose: int, peer: Any) -> int:
        """Return a new socket for libcurl, or SOCKET_BAD."""
        host, address = urlsplit(self._url).hostname or "", peer.addr[0]
        if guards and not any(guard.permits_connection(host, address) for guard in guards):
            self.refusal = f"{host} leads to {address}, which is no public address"
            return int(pycurl.SOCKET_BAD)
        try:
            return socket.socket(peer.family, peer.socktype, peer.protocol).detach()
        except OSError as error:  # such as: no file descriptors left, no IPv6
            logger.warning("No socket for %s: %s", address, error)
            return int(pycurl.SOCKET_BAD)
