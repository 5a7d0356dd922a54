"""Measures what near-duplicates are found, and how fast; prints tables.

python -m benchmarks.likeness                       all of it, ten minutes on two cores
python -m benchmarks.likeness lookup                the million of fingerprints alone
python -m benchmarks.likeness quality --folder ~/Pictures
"""

import argparse
import sys
from pathlib import Path

from benchmarks.errors import CannotMeasure
from benchmarks.likeness.lookup import measure_lookups
from benchmarks.likeness.pictures import made_set, photographs, repaintings
from benchmarks.likeness.prints import prints_of_all
from benchmarks.likeness.quality import Quality
from benchmarks.likeness.tables import (
    limits_table,
    moods_table,
    paintings_summary,
    recall_table,
    summary_of,
)
from benchmarks.machine import machine
from benchmarks.page import DOCS, insert

_PAGE = DOCS / "duplicates.md"
_NAMES = ("quality", "lookup")
_SEEDS = 20


def main() -> None:
    """Run what the command line asks for; a sentence on stderr where that is not possible."""
    given = _arguments()
    try:
        for name in given.names or _NAMES:
            texts = _lookup() if name == "lookup" else _quality(given.folder)
            for part, text in texts.items():
                print(f"\n{text}\n", flush=True)
                if given.write:
                    insert(part, text, _PAGE)
    except CannotMeasure as error:
        sys.exit(f"benchmarks: {error}")
    except KeyboardInterrupt:
        sys.exit("benchmarks: stopped")


def _quality(folder: Path | None) -> dict[str, str]:
    sets = [("made set", Quality(prints_of_all(made_set(), "made set")))]
    if folder:
        sets.append(("folder", Quality(prints_of_all(photographs(folder), "folder"))))
    paintings = Quality(prints_of_all([*repaintings(0.25, _SEEDS)], "paintings", False))
    summary = "\n\n".join(summary_of(name, quality) for name, quality in sets)
    return {
        "recall": f"{recall_table(sets)}\n\n{summary}\n\n{machine()}",
        "limits": limits_table(sets),
        "moods": f"{moods_table(sets[0][1])}\n\n{paintings_summary(paintings)}",
    }


def _lookup() -> dict[str, str]:
    prints = prints_of_all(made_set(0.25), "fingerprints to mix", False)
    result = measure_lookups([each.original for each in prints if each.original])
    return {"look-ups": f"{result.markdown()}\n\n{machine()}"}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.likeness", description="Measures how near-duplicates are found."
    )
    add = parser.add_argument
    add("names", nargs="*", metavar="NAME", help=f"{' or '.join(_NAMES)}; both if none is named")
    add("--folder", type=Path, help="pictures of yours to measure quality on, too")
    add("--write", action="store_true", help="put the results into docs/duplicates.md")
    given = parser.parse_args()
    if unknown := set(given.names) - set(_NAMES):
        parser.error(f"there is no benchmark {unknown.pop()}; there are {' and '.join(_NAMES)}")
    return given


if __name__ == "__main__":
    main()
