"""S3 by moto, and what a test wants it to refuse."""

import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wsgi import get_input_stream

_ERROR = "<Error><Code>{}</Code><Message>said by a test</Message></Error>"
_CREDENTIALS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}


@dataclass(frozen=True)
class Upload:
    """A request that writes."""

    name: str
    query: str
    headers: Mapping[str, str]


class S3Server:
    """A bucket, and a look at what is sent to it."""

    def __init__(self) -> None:
        self.troubles = 0
        self.is_broken = False
        self.knows_conditions = True
        self.speaks = threading.Event()
        """Uploads are answered while it is set."""
        self.speaks.set()
        self.refusal: tuple[str, str] | None = None
        """Status and code of the answer to everything."""
        self.uploads: list[Upload] = []
        self._backend = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._app, threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(target=partial(self._server.serve_forever, 0.05))
        self.bucket = f"pictures-{secrets.token_hex(4)}"

    def __enter__(self) -> Self:
        self._thread.start()
        self.client = boto3.client(
            "s3", endpoint_url=self.url, region_name="us-east-1", **_CREDENTIALS
        )
        self.client.create_bucket(Bucket=self.bucket)
        self.uploads.clear()
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self.speaks.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def place(self) -> str:
        return f"s3://{self.bucket}/folder"

    @property
    def wrong_places(self) -> list[str]:
        return [f"s3://{self.bucket}-not/folder", f"s3://{self.bucket}-not"]

    @property
    def settings(self) -> Mapping[str, Any]:
        named = {name.upper(): value for name, value in _CREDENTIALS.items()}
        return {"AWS_ENDPOINT_URL": self.url, "AWS_REGION_NAME": "us-east-1", **named}

    @property
    def environment(self) -> Mapping[str, str]:
        return {}

    @property
    def files(self) -> dict[str, bytes]:
        found = self.client.list_objects_v2(Bucket=self.bucket).get("Contents", [])
        return {each["Key"]: self._read(each["Key"]) for each in found}

    def put(self, name: str, body: bytes) -> None:
        self.client.put_object(Bucket=self.bucket, Key=name, Body=body)

    def _read(self, name: str) -> bytes:
        with self.client.get_object(Bucket=self.bucket, Key=name)["Body"] as body:
            read: bytes = body.read()
        return read

    def _app(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        refusal = self.refusal
        is_end = environ["REQUEST_METHOD"] == "POST" and "uploadId=" in environ["QUERY_STRING"]
        if environ["REQUEST_METHOD"] == "PUT" or is_end:
            refusal = refusal or self._refusal(environ)
        if refusal is None:
            answer: Iterable[bytes] = self._backend(environ, start_response)
            return answer
        get_input_stream(environ).read()
        status, code = refusal
        start_response(status, [("Content-Type", "application/xml")])
        return [_ERROR.format(code).encode()]

    def _refusal(self, environ: dict[str, Any]) -> tuple[str, str] | None:
        """Note an upload; return status and code of an answer that is not moto's."""
        self.speaks.wait()
        name = environ["PATH_INFO"].encode("latin-1").decode().partition("/")[2]
        headers = {key: value for key, value in environ.items() if key.startswith("HTTP_")}
        self.uploads.append(Upload(name.partition("/")[2], environ["QUERY_STRING"], headers))
        if self.is_broken:
            return "403 Forbidden", "AccessDenied"
        if self.troubles:
            self.troubles -= 1
            return "503 Slow Down", "SlowDown"
        if "HTTP_IF_NONE_MATCH" in environ and not self.knows_conditions:
            return "501 Not Implemented", "NotImplemented"
        return None


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Stay silent: the tests look at ``uploads``."""
