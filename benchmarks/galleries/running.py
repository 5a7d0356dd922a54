"""Builds galleries where they are missing, and serves them."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.errors import CannotMeasure
from benchmarks.galleries.gallery import Gallery
from benchmarks.galleries.pictures import Album
from benchmarks.galleries.server import Served, served_folder, served_through
from benchmarks.galleries.truth import Truth, find_truth, read_truth, write_truth
from benchmarks.galleries.workshop import Workshop

_START_SECONDS = 60


def workshop_of(gallery: Gallery, cache: Path, album: Album) -> Workshop:
    """Return where a gallery is built."""
    return Workshop(cache / gallery.name, album, gallery.needs)


def build(gallery: Gallery, workshop: Workshop) -> Truth:
    """Return what a gallery offers, which is built where it is missing; raises CannotMeasure."""
    file, done = workshop.folder / "offers.json", workshop.folder / "built"
    pictures = workshop.album.folder.name
    if not done.exists() or done.read_text() != pictures:
        file.unlink(missing_ok=True)
        _make(gallery, workshop)
        done.write_text(pictures)
    if file.exists():
        return read_truth(file)
    with serving(gallery, workshop) as served:
        places = (gallery.start, *gallery.hidden(workshop))
        addresses = [served.url + place for place in places]
        truth = find_truth(addresses, workshop.album, by_files=gallery.is_named_by_files)
    write_truth(truth, file)
    return truth


def _make(gallery: Gallery, workshop: Workshop) -> None:
    workshop.install()
    try:
        for folder in filter(Path.exists, (workshop.site, workshop.work)):
            shutil.rmtree(folder)
    except OSError as error:
        raise CannotMeasure(f"is in use, and could not be built again: {error}") from None
    workshop.work.mkdir(parents=True)
    gallery.build(workshop)


@contextlib.contextmanager
def serving(gallery: Gallery, workshop: Workshop, port: int = 0) -> Iterator[Served]:
    """Serve a gallery that was built, by its own server where it has one."""
    if gallery.server is None:
        with served_folder(workshop.site, port) as served:
            yield served
        return
    own_port = _free_port()
    words = gallery.server(workshop, own_port)
    with (workshop.folder / "server.txt").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - our own words
            [workshop.program(words[0]), *words[1:]],
            cwd=workshop.work,
            env=os.environ | {"LC_ALL": "C.UTF-8", "no_proxy": "*"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait_for(own_port, process, gallery)
            with served_through(f"http://127.0.0.1:{own_port}", port) as served:
                yield served
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]", gallery: Gallery) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            raise CannotMeasure(f"the server of {gallery.name} ended with {process.returncode}")
        time.sleep(0.1)
    raise CannotMeasure(f"the server of {gallery.name} did not answer")
