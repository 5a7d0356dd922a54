"""Installs the software of a gallery into a folder of its own, and runs it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import CannotMeasure
from benchmarks.galleries.pictures import Album

_SECONDS = 900


@dataclass(frozen=True)
class Needs:
    """What is to be installed, each with its version where there is a choice."""

    pip: Sequence[str] = ()
    npm: Sequence[str] = ()
    apt: Sequence[str] = ()


@dataclass(frozen=True)
class Workshop:
    """Where one gallery is built."""

    folder: Path
    """Of this gallery alone."""
    album: Album
    needs: Needs

    @property
    def site(self) -> Path:
        """Return the folder that is served."""
        return self.folder / "site"

    @property
    def work(self) -> Path:
        """Return the folder for whatever the software needs besides."""
        return self.folder / "work"

    @property
    def modules(self) -> Path:
        """Return the folder of the packages from npm."""
        return self.folder / "npm" / "node_modules"

    def program(self, name: str) -> str:
        """Return a program that was installed; raises CannotMeasure where it was not."""
        places = (self.folder / "venv" / "bin", self.modules / ".bin")
        found = shutil.which(name, path=os.pathsep.join(map(str, places))) or shutil.which(name)
        if not found:
            raise CannotMeasure(f"{name} is not among what was installed")
        return found

    def run(self, *words: str, folder: Path | None = None, **variables: str) -> str:
        """Run a program that was installed, in the folder for work; return what it printed."""
        self.work.mkdir(parents=True, exist_ok=True)
        command = [self.program(words[0]), *words[1:]]
        path = f"{self.folder / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
        environment = {"PATH": path, "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", **variables}
        return _run(command, folder or self.work, environment)

    def install(self) -> None:
        """Install what is missing; raises CannotMeasure with what went wrong."""
        done = self.folder / "installed"
        wanted = repr(self.needs)
        if done.exists() and done.read_text() == wanted:
            return
        print(f"Installing {', '.join(self._names())} ...", file=sys.stderr, flush=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        if missing := [name for name in self.needs.apt if not _is_installed(name)]:
            quiet = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *missing]
            _run(quiet, self.folder, {"DEBIAN_FRONTEND": "noninteractive"})
        if self.needs.pip:
            _run([sys.executable, "-m", "venv", "--without-pip", "venv"], self.folder, {})
            _run(
                [*_pip(), "--python", "venv/bin/python", "install", "-q", *self.needs.pip],
                self.folder,
            )
        if self.needs.npm:
            (self.folder / "npm").mkdir(exist_ok=True)
            flags = ["--no-audit", "--no-fund", "--loglevel=error", "--prefix", "npm"]
            _run(["npm", "install", *flags, *self.needs.npm], self.folder)
        done.write_text(wanted)

    def versions(self) -> str:
        """Return names and versions, as the table tells them."""
        return ", ".join(
            [each.replace("==", " ") for each in self.needs.pip[:1]]
            + [" ".join(each.rsplit("@", 1)) for each in self.needs.npm[:1]]
            + [f"{name} {_debian_version(name)}" for name in self.needs.apt[:1]]
        )

    def _names(self) -> list[str]:
        return [*self.needs.pip, *self.needs.npm, *self.needs.apt]


def _pip() -> list[str]:
    """Return pip of this environment, or of the Python that it was made with."""
    base = getattr(sys, "_base_executable", sys.executable)
    for python in (sys.executable, base):
        asked = [python, "-m", "pip", "--version"]
        if not subprocess.run(asked, capture_output=True, check=False).returncode:  # noqa: S603
            return asked[:3]
    raise CannotMeasure(f"neither {sys.executable} nor {base} has pip")


def _is_installed(name: str) -> bool:
    return bool(_debian_version(name))


def _debian_version(name: str) -> str:
    words = ["dpkg-query", "--show", "--showformat=${Version}", name]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    return ended.stdout


def _run(words: Sequence[str], folder: Path, variables: dict[str, str] | None = None) -> str:
    try:
        ended = subprocess.run(  # noqa: S603 - our own words
            words,
            cwd=folder,
            env=os.environ | (variables or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise CannotMeasure(f"{Path(words[0]).name} took longer than {_SECONDS} seconds") from None
    except OSError as error:
        raise CannotMeasure(f"{words[0]} could not be started: {error.strerror}") from None
    if ended.returncode:
        said = (ended.stderr.strip() or ended.stdout.strip() or "it said nothing").splitlines()
        raise CannotMeasure(f"{Path(words[0]).name} failed: {said[-1][:300]}")
    return ended.stdout
