"""The demo's pictures: painted the same way every time, once, and away from the event loop."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import pytest

from spiders_project.demo import encoding
from spiders_project.demo.art.scenes import SCENES
from spiders_project.demo.catalogue import PICTURES
from spiders_project.demo.darkroom import Darkroom
from spiders_project.demo.picture import DemoPicture
from spiders_project.demo.server import DemoServer

SAMPLES = [
    next(picture for picture in PICTURES if picture.encoding == kind)
    for kind in ("jpeg", "jpeg-rotated", "jpeg-icc", "png", "webp", "webp-animated", "png-alpha")
]


@pytest.mark.parametrize("picture", SAMPLES, ids=lambda picture: picture.slug)
def test_painting_twice_gives_equal_bytes(picture: DemoPicture) -> None:
    assert encoding.encode_original(picture) == encoding.encode_original(picture)


def test_every_scene_is_used_and_every_brief_has_its_scene() -> None:
    assert {picture.brief.scene for picture in PICTURES} == set(SCENES)


def test_concurrent_wishes_paint_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def paint(picture: DemoPicture) -> bytes:
        calls.append(picture.slug)
        time.sleep(0.02)
        return b"picture"

    monkeypatch.setattr(encoding, "encode_original", paint)
    darkroom = Darkroom()

    async def run() -> None:
        wishes = [darkroom.develop(PICTURES[number % 2]) for number in range(8)]
        prints = await asyncio.gather(*wishes)
        assert {made.data for made in prints} == {b"picture"}

    asyncio.run(run())
    darkroom.close()
    assert sorted(calls) == sorted(picture.slug for picture in PICTURES[:2])


def test_server_module_loads_no_painting_libraries() -> None:
    code = (
        "import sys, spiders_project.demo.server;"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'PIL')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_stopping_does_not_wait_for_idle_connections() -> None:
    async def run() -> float:
        server = DemoServer(port=0)
        await server.start()
        _, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
        started = time.monotonic()
        await server.stop()
        await server.stop()
        writer.close()
        return time.monotonic() - started

    assert asyncio.run(run()) < 2
