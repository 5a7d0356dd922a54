"""A real scrapyd with our settings takes the egg of scrapyd-deploy and runs what is in it."""

import base64
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.conftest import PROJECT

_PATIENCE_SECONDS = 90
_LOGIN = ("operator", "open%sesame")


@dataclass(frozen=True)
class Job:
    """A job of scrapyd that has ended."""

    log: str
    """What the job wrote to its log file; empty where it has none."""
    told: str
    """What scrapyd wrote to its own log meanwhile: stderr of the job, and its exit status."""
    output: Path


@dataclass(frozen=True)
class Scrapyd:
    """A running scrapyd whose configuration, state and clients all live in one folder."""

    url: str
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """Variables by which scrapyd and its clients find their configuration in this folder."""
        return os.environ | {"HOME": str(self.home), "SCRAPY_PROJECT": "spiders_project"}

    @property
    def eggs(self) -> list[Path]:
        """The files that scrapyd keeps of the versions it was sent."""
        return [path for path in (self.home / "state/eggs").rglob("*") if path.is_file()]

    @property
    def told(self) -> str:
        """What scrapyd wrote to its own log."""
        return (self.home / "scrapyd.log").read_text()

    def ask(self, service: str, *fields: tuple[str, str]) -> Any:
        """Return the answer of a service; with fields they are posted."""
        login = base64.b64encode(":".join(_LOGIN).encode()).decode()
        body = urlencode(fields).encode() if fields else None
        request = Request(f"{self.url}/{service}", body, {"Authorization": f"Basic {login}"})
        with urlopen(request, timeout=_PATIENCE_SECONDS) as answer:
            return json.load(answer)

    def schedule(self, job: str, *words: str) -> Path:
        """Schedule ``wallpapers`` with ``name=value`` words; return its OUTPUT_DIR."""
        output = self.home / "output" / job
        named = [word.partition("=") for word in words]
        answer = self.ask(
            "schedule.json",
            ("project", "spiders_project"),
            ("spider", "wallpapers"),
            ("jobid", job),
            ("setting", "DEMO_PORT=0"),
            ("setting", f"OUTPUT_DIR={output}"),
            *((name, value) for name, _, value in named),
        )
        assert answer["status"] == "ok", answer
        return output

    def run(self, job: str, *words: str) -> Job:
        """Schedule a job and wait for its end."""
        start = len(self.told)
        output = self.schedule(job, *words)
        self.wait_until(lambda: self.has_ended(job))
        log = self.home / f"state/logs/spiders_project/wallpapers/{job}.log"
        return Job(log.read_text() if log.exists() else "", self.told[start:], output)

    def has_ended(self, job: str) -> bool:
        """Whether scrapyd counts a job among the finished ones."""
        return bool(self.ask(f"status.json?job={job}")["currstate"] == "finished")

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Return when a condition holds; fail with scrapyd's log where it never does."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, self.told
            time.sleep(0.1)


def test_egg_holds_every_file_of_the_package(deployed: Scrapyd) -> None:
    with zipfile.ZipFile(deployed.eggs[0]) as egg:
        names = {name for name in egg.namelist() if not name.startswith("EGG-INFO/")}

    sources = {path.relative_to(PROJECT).as_posix() for path in _sources()}
    assert {name for name in names if not name.endswith(".pyc")} == {
        name for name in sources if name.startswith("spiders_project/")
    }


def test_a_scheduled_crawl_stores_pictures_and_feed(deployed: Scrapyd) -> None:
    job = deployed.run("first", "site=demo", "category=山水,night", "limit=4")

    assert "Process finished" in job.told
    assert "Spider closed (finished)" in job.log
    assert "Stored json feed (4 items)" in job.log
    items = json.loads((job.output / "wallpapers.json").read_text())
    records = {image["path"]: image["sha256"] for item in items for image in item["images"]}
    assert len(records) == 4
    assert records == _stored(job.output / "images")


def test_a_version_can_be_asked_for(deployed: Scrapyd) -> None:
    [version] = deployed.ask("listversions.json?project=spiders_project")["versions"]

    job = deployed.run("older", f"_version={version}", "category=ocean", "limit=1")

    assert "Process finished" in job.told, job.told


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("limit=many", "limit=many is not a whole number"),
        ("pges=2", "the argument pges is not known: did you mean pages?"),
        ("setting=IMAGE_STORE=x", "the setting IMAGE_STORE is not known"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(deployed: Scrapyd, word: str, sentence: str) -> None:
    job = deployed.run(word.partition("=")[0], word)

    assert f"scrapy crawl: {sentence}" in job.told
    assert "Process died: exitstatus=2" in job.told
    assert "Traceback" not in job.told + job.log
    assert not (job.output / "wallpapers.json").exists()


def test_a_cancelled_job_leaves_the_feed_as_it_was(deployed: Scrapyd) -> None:
    output = deployed.schedule("cancelled", "category=mountains,ocean")
    deployed.wait_until(lambda: bool(_stored(output / "images")) or deployed.has_ended("cancelled"))

    before = deployed.ask("cancel.json", ("project", "spiders_project"), ("job", "cancelled"))
    deployed.wait_until(lambda: deployed.has_ended("cancelled"))

    assert before["prevstate"] == "running"
    assert "scrapy crawl: stopped early by a signal" in deployed.told
    assert not (output / "wallpapers.json").exists()


def test_sites_are_found_in_the_zipped_egg(deployed: Scrapyd) -> None:
    run = subprocess.run(
        [*_IN_EGG, "sites"],
        cwd=deployed.home,
        env=deployed.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )

    names = [line.split()[0] for line in run.stdout.splitlines()]
    assert {"demo", "moyublog"} <= set(names)
    assert [zipfile.is_zipfile(egg) for egg in deployed.eggs] == [True]


def test_demo_serves_its_files_from_the_zipped_egg(deployed: Scrapyd) -> None:
    static = PROJECT / "spiders_project/demo/static"
    files = [path for path in _sources() if path.parent == static and path.suffix != ".py"]

    with _demo_of_the_egg(deployed) as url:
        served = {path.name: _read(f"{url}/static/{path.name}") for path in files}
        front = _read(f"{url}/")

    assert served
    assert served == {path.name: path.read_bytes() for path in files}
    assert b"</html>" in front


def test_strangers_are_refused(deployed: Scrapyd) -> None:
    with pytest.raises(HTTPError, match="401") as refused:
        _read(f"{deployed.url}/daemonstatus.json")
    refused.value.close()


def test_no_request_deletes_all_versions(deployed: Scrapyd) -> None:
    with pytest.raises(HTTPError, match="404") as refused:
        deployed.ask("delproject.json", ("project", "spiders_project"))
    refused.value.close()


@pytest.fixture(scope="module")
def deployed(scrapyd: Scrapyd) -> Scrapyd:
    """Run scrapyd-deploy in a copy of the working tree, which setup.py would litter."""
    checkout = scrapyd.home / "checkout"
    for path in _sources():
        copy = checkout / path.relative_to(PROJECT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    run = subprocess.run(
        [_program("scrapyd-deploy"), "test"],
        cwd=checkout,
        env=scrapyd.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["status"] == "ok", run.stdout
    return scrapyd


@pytest.fixture(scope="module")
def scrapyd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scrapyd]:
    """Run scrapyd with deploy/scrapyd.conf, but for the port, the folder and the password."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    server = Scrapyd(f"http://127.0.0.1:{port}", tmp_path_factory.mktemp("scrapyd"))
    _configure(server, port)
    with (server.home / "scrapyd.log").open("wb") as log:
        process = subprocess.Popen(
            [_program("scrapyd"), "--pidfile="],
            cwd=server.home,
            env=server.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        server.wait_until(lambda: process.poll() is not None or _answers(port))
        yield server
    finally:
        _end(process)


def _configure(server: Scrapyd, port: int) -> None:
    """Write what scrapyd and scrapyd-deploy read, the files of a person's home last."""
    name, password = _LOGIN
    home = server.home
    shutil.copyfile(PROJECT / "deploy/scrapyd.conf", home / "scrapyd.conf")
    (home / ".scrapyd.conf").write_text(
        f"[scrapyd]\nstate_dir = {home}/state\nhttp_port = {port}\npoll_interval = 0.2\n"
        f"username = {name}\npassword = {password.replace('%', '%%')}\n"
    )
    (home / ".scrapy.cfg").write_text(f"[deploy:test]\nurl = {server.url}/\n")
    (home / ".netrc").write_text(f"machine 127.0.0.1 login {name} password {password}\n")
    (home / ".netrc").chmod(0o600)


_IN_EGG = (sys.executable, "-m", "scrapyd.runner")
"""The way scrapyd itself starts the ``scrapy`` of the newest egg."""


@contextmanager
def _demo_of_the_egg(server: Scrapyd) -> Iterator[str]:
    process = subprocess.Popen(
        [*_IN_EGG, "demo", "--port", "0"],
        cwd=server.home,
        env=server.environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    with process.stdout:
        try:
            yield process.stdout.readline().split()[5].rstrip("/")
        finally:
            _end(process)


def _end(process: "subprocess.Popen[Any]") -> None:
    """End a process that leads a session of its own, and what it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def _answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _read(url: str) -> bytes:
    with urlopen(url, timeout=_PATIENCE_SECONDS) as answer:
        body: bytes = answer.read()
    return body


def _sources() -> list[Path]:
    """Return the files that git tracks or would: the working tree without what is made in it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    paths = [PROJECT / name for name in names.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def _stored(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file below a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _program(name: str) -> Path:
    return Path(sys.executable).with_name(name)
