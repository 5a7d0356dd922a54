"""Serves the files of a folder at next to no CPU: one process, epoll, sendfile.

It shares the machine with the client that is measured. Pages and pictures go
from the page cache to the socket without passing through Python.

python -m benchmarks.gallery.server FOLDER --port 8701
"""

import argparse
import contextlib
import os
import select
import socket
import sys
from pathlib import Path

from benchmarks.gallery.answers import Answer, Answers

_LAST_PORT = 65535
_MOST_IN_A_READ = 65536
_MOST_IN_A_SEND = 1 << 20
_END_OF_HEAD = b"\r\n\r\n"
_SECONDS_BETWEEN_LOOKS = 1.0


class Connection:
    """A client: what it has asked, and what is still to be sent to it."""

    def __init__(self, client: socket.socket, answers: Answers) -> None:
        self._client = client
        self._answers = answers
        self._asked = b""
        self._head = b""
        self._file = -1
        self._next = self._end = 0
        self._closes = False
        self.is_waiting = False
        """Whether an answer waits for the socket to take more."""

    def receive(self) -> bool:
        """Read what has arrived; return False at the end of the connection."""
        try:
            data = self._client.recv(_MOST_IN_A_READ)
        except BlockingIOError:
            return True
        self._asked += data
        return bool(data)

    def go_on(self) -> None:
        """Send as much as the socket takes."""
        self.is_waiting = False
        try:
            while self._send_rest() and not self._closes and _END_OF_HEAD in self._asked:
                head, _, self._asked = self._asked.partition(_END_OF_HEAD)
                self._begin(self._answers.answer(head + _END_OF_HEAD))
        except BlockingIOError:
            self.is_waiting = True

    @property
    def is_done(self) -> bool:
        """Tell whether the client has got the last answer that it wanted."""
        return self._closes and not self.is_waiting

    def close(self) -> None:
        """Close the connection and the file that is being sent."""
        self._close_file()
        self._client.close()

    def _begin(self, answer: Answer) -> None:
        self._head, self._closes = answer.head, answer.closes
        if answer.file and answer.length:
            self._file = os.open(answer.file.path, os.O_RDONLY)
            self._next, self._end = answer.start, answer.start + answer.length

    def _send_rest(self) -> bool:
        """Send the rest of the current answer; raises BlockingIOError when the socket is full."""
        while self._head:
            flags = socket.MSG_MORE if self._next < self._end else 0
            self._head = self._head[self._client.send(self._head, flags) :]
        while self._next < self._end:
            most = min(self._end - self._next, _MOST_IN_A_SEND)
            sent = os.sendfile(self._client.fileno(), self._file, self._next, most)
            if not sent:
                raise ConnectionError("the file has become shorter")
            self._next += sent
        self._close_file()
        return True

    def _close_file(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class Server:
    """One thread that looks after all connections."""

    def __init__(self, listener: socket.socket, answers: Answers) -> None:
        listener.setblocking(False)
        self._listener = listener
        self._answers = answers
        self._poll = select.epoll()
        self._poll.register(listener, select.EPOLLIN)
        self._connections: dict[int, Connection] = {}

    def serve(self) -> None:
        """Serve until whoever started this process has gone, also by a kill."""
        starter = os.getppid()
        while os.getppid() == starter:
            for number, event in self._poll.poll(_SECONDS_BETWEEN_LOOKS):
                if number == self._listener.fileno():
                    self._accept()
                else:
                    self._look_after(number, event)

    def _accept(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                client, _ = self._listener.accept()
                client.setblocking(False)
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._connections[client.fileno()] = Connection(client, self._answers)
                self._poll.register(client, select.EPOLLIN)

    def _look_after(self, number: int, event: int) -> None:
        connection = self._connections[number]
        was_waiting = connection.is_waiting
        try:
            is_open = event == select.EPOLLOUT or connection.receive()
            if is_open:
                connection.go_on()
        except (ConnectionError, ValueError):
            is_open = False
        if not is_open or connection.is_done:
            self._poll.unregister(number)
            self._connections.pop(number).close()
        elif connection.is_waiting is not was_waiting:
            wanted = select.EPOLLOUT if connection.is_waiting else select.EPOLLIN
            self._poll.modify(number, wanted)


def main() -> None:
    """Serve until Ctrl-C; the first line on stdout is the address."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gallery.server")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    given = parser.parse_args()
    if not 0 <= given.port <= _LAST_PORT:
        sys.exit(f"--port {given.port} is no port: 0 to {_LAST_PORT}")
    try:
        listener = socket.create_server(("127.0.0.1", given.port), backlog=1024)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        sys.exit(f"port {given.port} cannot be used: {reason}; leave --port out to take a free one")
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        Server(listener, Answers(given.folder.resolve())).serve()


if __name__ == "__main__":
    main()
