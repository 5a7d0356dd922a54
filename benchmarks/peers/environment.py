"""The environment of the other programs: made once, from the pinned requirements."""

import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from benchmarks.errors import CannotMeasure

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
_INSTALL_SECONDS = 900


def peer_program(folder: Path, name: str) -> Path:
    """Return a program of the environment, which is made where it is missing.

    Raises CannotMeasure with what went wrong, the same for every program.
    """
    environment = folder / f"peers-{sha256(REQUIREMENTS.read_bytes()).hexdigest()[:8]}"
    problem = _install(environment)
    if problem:
        raise CannotMeasure(f"could not be installed: {problem}")
    program = environment / "bin" / name
    if not program.exists():
        raise CannotMeasure(f"{name} is not among what was installed")
    return program


@cache
def _install(environment: Path) -> str | None:
    """Fill an environment; return what went wrong, if anything."""
    done = environment / "installed"
    if done.exists():
        return None
    print(f"Installing other programs into {environment} ...", file=sys.stderr, flush=True)
    python = environment / "bin" / "python"
    packages = ["install", "--quiet", "-r", str(REQUIREMENTS)]
    try:
        _run([sys.executable, "-m", "venv", "--without-pip", "--clear", str(environment)])
        _run([*_pip(), "--python", str(python), "--disable-pip-version-check", *packages])
    except CannotMeasure as error:
        return str(error)
    done.touch()
    return None


def _pip() -> list[str]:
    """Return pip of this environment, or of the Python that it was made with."""
    base = getattr(sys, "_base_executable", sys.executable)
    for python in (sys.executable, base):
        asked = [python, "-m", "pip", "--version"]
        if not subprocess.run(asked, capture_output=True, check=False).returncode:  # noqa: S603
            return asked[:3]
    raise CannotMeasure(f"neither {sys.executable} nor {base} has pip")


def _run(words: list[str]) -> None:
    try:
        ended = subprocess.run(  # noqa: S603 - venv and pip
            words, capture_output=True, text=True, check=False, timeout=_INSTALL_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise CannotMeasure(f"it took longer than {_INSTALL_SECONDS} seconds") from None
    if ended.returncode:
        lines = ended.stderr.strip().splitlines() or ["pip said nothing"]
        raise CannotMeasure(lines[-1])
