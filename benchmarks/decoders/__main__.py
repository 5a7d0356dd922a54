"""Measures decoders and prints their tables.

python -m benchmarks.decoders                all of it, ten minutes
python -m benchmarks.decoders strictness
python -m benchmarks.decoders speed --rounds 9 --write
"""

import argparse
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from benchmarks.decoders.memory import memory
from benchmarks.decoders.speed import speed
from benchmarks.decoders.strictness import strictness
from benchmarks.errors import CannotMeasure
from benchmarks.machine import machine
from benchmarks.page import DOCS, insert
from benchmarks.processes import PROJECT

_NAMES = ("speed", "strictness", "memory")
_PAGE = DOCS / "decisions" / "0001-decoder.md"
_PACKAGES = ("simplejpeg", "pyvips-binary")


def main() -> None:
    """Run what the command line asks for; a sentence on stderr where that is not possible."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decoders", description=__doc__)
    add = parser.add_argument
    add("names", nargs="*", metavar="NAME", help=f"{', '.join(_NAMES)}; all if none is named")
    add("--rounds", type=int, default=5, help="of speed; %(default)s")
    add("--write", action="store_true", help=f"put the results into {_PAGE.name}")
    add("--cache", type=Path, default=PROJECT / ".benchmarks", help="folder of what is made once")
    given = parser.parse_args()
    if unknown := set(given.names) - set(_NAMES):
        parser.error(f"there is no part {unknown.pop()}; there are {', '.join(_NAMES)}")
    parts: dict[str, Callable[[], str]] = {
        "speed": lambda: speed(given.rounds),
        "strictness": strictness,
        "memory": lambda: memory(given.cache),
    }
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    try:
        for name in given.names or _NAMES:
            text = f"{parts[name]()}\n\n{machine()} {versions}."
            print(f"\n{text}\n", flush=True)
            if given.write:
                insert(name, text, _PAGE)
    except CannotMeasure as error:
        sys.exit(f"benchmarks: {error}")


if __name__ == "__main__":
    main()
