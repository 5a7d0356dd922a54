"""Crawls that are stopped by a signal or a full disk: nothing is lost, nothing is done twice."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.conftest import Crawl, DemoSite
from tests.gallery import Answer, Gallery, picture_bytes
from tests.integration.kills import (
    LIMIT_SECONDS,
    Finished,
    Process,
    Remains,
    Target,
    demo_target,
    differences,
    gallery_target,
    run,
    run_undisturbed,
)

EARLIER_FEED = '[{"title": "of an earlier crawl"}]'
_PICTURES = 12
_PICTURE = (".jpg", ".png", ".webp")


@dataclass(frozen=True)
class Stop:
    """When a crawl is stopped, and how."""

    after_pictures: int
    """So many were asked for."""
    signals: Sequence[signal.Signals]
    pause_seconds: float = 0.1
    """Between two signals, as long as a person's finger takes."""


@pytest.fixture
def slow_gallery(gallery: Gallery) -> Target:
    """A set and some single pictures, all of which take their time."""
    answers = [
        Answer(picture_bytes(number), headers={"Content-Type": "image/jpeg"}, delay_seconds=0.2)
        for number in range(_PICTURES)
    ]
    gallery.put_pictures({f"picture {number}": answer for number, answer in enumerate(answers)})
    addresses = [f"{gallery.picture_url}/pictures/{number}.jpg" for number in range(5)]
    gallery.put_detail("/0.html", "A set", *addresses)
    return gallery_target(gallery)


@pytest.fixture(scope="module")
def demo(demo_site: DemoSite) -> Target:
    return demo_target(demo_site)


@pytest.fixture(scope="module")
def whole_demo(demo: Target, tmp_path_factory: pytest.TempPathFactory) -> Remains:
    """What an undisturbed crawl of the demo site leaves."""
    return run_undisturbed(demo, tmp_path_factory.mktemp("whole") / "output")


def _wait_until(has_come: Callable[[], bool], process: Process) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    while not has_come():
        assert process.is_running(), process.end().stderr
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _stop(target: Target, output: Path, stop: Stop) -> Crawl:
    before = target.counts()
    with Process(target, output, PICTURES_IN_FLIGHT=2) as process:

        def has_come() -> bool:
            new = target.counts() - before
            return sum(path.endswith(_PICTURE) for path in new) >= stop.after_pictures

        _wait_until(has_come, process)
        for number in stop.signals:
            process.send(number)
            time.sleep(stop.pause_seconds)
        return process.end()


def _check_stop(end: Crawl, whole: Remains) -> Remains:
    assert end.status == 3, end.stderr
    assert "stopped" in end.sentence
    assert "run the same command again to complete it" in end.sentence
    assert "Traceback" not in end.stderr
    assert (end.output / "wallpapers.json").read_text() == EARLIER_FEED
    remains = Remains.of(end.output)
    assert remains.faults(whole) == []
    return remains


def _check_completion(target: Target, end: Crawl, finished: Finished, whole: Remains) -> None:
    """Run the same command again and compare what it completes."""
    assert list(finished.asked_again()) == []

    completed = run(target, end.output)

    assert completed.status == 0, completed.stderr
    assert list(finished.asked_again()) == []
    remains = Remains.of(end.output)
    assert differences(remains, whole) == []
    assert remains.left_over == []


def _stop_and_complete(target: Target, folder: Path, whole: Remains, stop: Stop) -> Crawl:
    """Stop a crawl, go on, and return how it ended the first time."""
    output, finished = folder / "output", Finished(target)
    output.mkdir()
    (output / "wallpapers.json").write_text(EARLIER_FEED)
    end = _stop(target, output, stop)
    finished.note(_check_stop(end, whole), "the stop")
    _check_completion(target, end, finished, whole)
    return end


def test_a_service_that_is_stopped_goes_on_where_it_was(
    slow_gallery: Target, tmp_path: Path
) -> None:
    whole = run_undisturbed(slow_gallery, tmp_path / "whole")

    end = _stop_and_complete(slow_gallery, tmp_path, whole, Stop(6, [signal.SIGTERM]))

    assert end.status == 3
    assert "stopped early by a signal" in end.sentence


@pytest.mark.slow
@pytest.mark.parametrize(
    ("times", "sentence"), [(1, "stopped early by a signal"), (2, "stopped at once by a second")]
)
def test_ctrl_c_while_a_set_is_half_done(
    slow_gallery: Target, tmp_path: Path, times: int, sentence: str
) -> None:
    whole = run_undisturbed(slow_gallery, tmp_path / "whole")

    stop = Stop(3, [signal.SIGINT] * times)
    end = _stop_and_complete(slow_gallery, tmp_path, whole, stop)

    assert sentence in end.sentence


@pytest.mark.slow
@pytest.mark.parametrize(
    "stop",
    [
        Stop(1, [signal.SIGTERM]),
        Stop(60, [signal.SIGINT]),
        Stop(20, [signal.SIGINT] * 2),
        Stop(50, [signal.SIGINT] * 2, pause_seconds=0.01),
        Stop(100, [signal.SIGTERM] * 2, pause_seconds=0.05),
    ],
    ids=str,
)
def test_the_demo_crawl_goes_on_after_signals(
    demo: Target, whole_demo: Remains, tmp_path: Path, stop: Stop
) -> None:
    end = _stop_and_complete(demo, tmp_path, whole_demo, stop)

    assert end.status == 3


class SmallDisk:
    """A disk of some megabytes, in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def mount(self, options: str) -> None:
        """Mount it, or mount it again with another size."""
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)]
        mounted = subprocess.run(command, capture_output=True, text=True, check=False)
        if mounted.returncode:
            pytest.skip(f"a tmpfs cannot be mounted here: {mounted.stderr.strip()}")

    def unmount(self) -> None:
        subprocess.run(["umount", "-l", self.folder], capture_output=True, check=False)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    disk = SmallDisk(tmp_path / "disk")
    yield disk
    disk.unmount()


@pytest.mark.slow
@pytest.mark.parametrize("size_mb", [1, 5, 14, 24])
def test_a_full_disk_breaks_nothing(
    demo: Target, whole_demo: Remains, small_disk: SmallDisk, size_mb: int
) -> None:
    target = replace(demo, settings={**demo.settings, "DISK_RESERVE": 0})
    output, finished = small_disk.folder, Finished(target)
    small_disk.mount(f"size={size_mb}m")

    end = run(target, output)

    assert end.status == 1, end.stderr
    assert "could not be stored" in end.sentence or "could not be written" in end.sentence
    assert "Traceback" not in end.stderr
    assert "Spider error" not in end.stderr, "what the disk lacks is no error of a page"
    remains = Remains.of(output)
    assert remains.faults(whole_demo) == []
    assert remains.feed is None
    finished.note(remains, "the full disk")

    small_disk.mount("remount,size=100m")
    _check_completion(target, end, finished, whole_demo)
