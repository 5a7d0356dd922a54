"""A large picture is never in memory as a whole, wherever it goes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.remote_servers import RemoteServer
from tests.remote_servers.ftp import FtpServer
from tests.remote_servers.gcs import GcsServer
from tests.remote_servers.s3 import S3Server

SIZE_BYTES = 300 << 20
SPARE_BYTES = 60 << 20

ADD = """
import json, resource, sys
from pathlib import Path
from tests.media.remote import project
from spiders_project.pipelines.remote_stores import open_store

place, settings, small, large = sys.argv[1:]
store = open_store(place, project(**json.loads(settings)))
store.add("small", Path(small), "image/tiff")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
store.add("large", Path(large), "image/tiff")
store.close()
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", [S3Server, GcsServer, FtpServer])
def test_large_file_is_not_read_into_memory(kind: type[RemoteServer], tmp_path: Path) -> None:
    for name, size_bytes in (("small", 9 << 20), ("large", SIZE_BYTES)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size_bytes)
    with kind() as server:
        files = [str(tmp_path / name) for name in ("small", "large")]
        words = [server.place, json.dumps(dict(server.settings)), *files]
        added = subprocess.run(
            [sys.executable, "-c", ADD, *words],
            cwd=PROJECT,
            env=os.environ | server.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert len(server.files["folder/large"]) == SIZE_BYTES
    assert int(added.stdout) < SPARE_BYTES, added.stdout
