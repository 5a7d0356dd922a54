"""Google Cloud Storage by gcp-storage-emulator, and what a test wants it to refuse."""

import json
import re
import threading
from collections.abc import Mapping
from functools import partial
from http.server import HTTPServer
from io import BytesIO
from typing import Any, Self

from gcp_storage_emulator.handlers.buckets import create_bucket
from gcp_storage_emulator.server import RequestHandler
from gcp_storage_emulator.storage import Storage

_NAME = re.compile(rb'"name": ("(?:[^"\\]|\\.)*")')


class GcsServer:
    """A bucket, and a look at what is sent to it."""

    def __init__(self) -> None:
        self.troubles = 0
        self.is_broken = False
        self.uploads: list[tuple[str, bytes]] = []
        """Query and body of each."""
        self.storage = Storage(use_memory_fs=True)
        create_bucket("pictures", self.storage)
        self._server = HTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self._thread = threading.Thread(target=partial(self._server.serve_forever, 0.05))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def place(self) -> str:
        return "gs://pictures/folder"

    @property
    def wrong_places(self) -> list[str]:
        return ["gs://not-there/folder", "gs://not-there"]

    @property
    def settings(self) -> Mapping[str, Any]:
        return {}

    @property
    def environment(self) -> Mapping[str, str]:
        return {"STORAGE_EMULATOR_HOST": f"http://127.0.0.1:{self._server.server_port}"}

    @property
    def files(self) -> dict[str, bytes]:
        names = list(self.storage.objects.get("pictures", {}))
        return {name: self.storage.get_file("pictures", name, False) for name in names}

    def put(self, name: str, body: bytes) -> None:
        about = {"bucket": "pictures", "name": name, "size": str(len(body))}
        self.storage.create_file("pictures", name, body, about)

    def refusal(self, query: str, body: bytes) -> tuple[int, str] | None:
        """Note an upload; return status and reason of an answer that is not the emulator's."""
        self.uploads.append((query, body))
        if self.is_broken:
            return 403, "forbidden"
        if self.troubles:
            self.troubles -= 1
            return 503, "backendError"
        named = _NAME.search(body)
        if "ifGenerationMatch=0" in query and named and json.loads(named[1]) in self.files:
            return 412, "conditionNotMet"
        return None


class _Handler(RequestHandler):  # type: ignore[misc]  # the emulator has no types
    rfile: Any

    def __init__(self, gcs: GcsServer, *args: Any) -> None:
        self._gcs = gcs
        super().__init__(gcs.storage, *args)

    def do_POST(self) -> None:  # noqa: N802 - http.server calls it so
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.rfile = BytesIO(body)
        refusal = self._gcs.refusal(self.path.partition("?")[2], body)
        if refusal is None:
            super().do_POST()
            return
        status, reason = refusal
        error = {"code": status, "message": reason, "errors": [{"reason": reason}]}
        answer = json.dumps({"error": error}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Stay silent: the tests look at ``uploads``."""
