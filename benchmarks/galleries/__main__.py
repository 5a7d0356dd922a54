"""Builds galleries with software of others and measures what crawlers get of them.

python -m benchmarks.galleries                               all of them
python -m benchmarks.galleries --only llgal nikola --write
python -m benchmarks.galleries --serve llgal                 to look at, or to try something on
"""

import argparse
import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.errors import CannotMeasure
from benchmarks.galleries.crawlers import Crawler, crawlers
from benchmarks.galleries.gallery import Gallery
from benchmarks.galleries.pictures import Album, make_pictures
from benchmarks.galleries.report import Row, report
from benchmarks.galleries.running import build, serving, workshop_of
from benchmarks.galleries.saving import save
from benchmarks.galleries.score import Score, measure
from benchmarks.galleries.software import GALLERIES
from benchmarks.machine import machine
from benchmarks.page import DOCS, insert
from benchmarks.processes import PROJECT

_PAGE = DOCS / "galleries.md"
_NAMES = [each.name for each in GALLERIES]
_KEYS = [each.key for each in crawlers(Path())]


def main() -> None:
    """Do what the command line asks for; a sentence on stderr where that is not possible."""
    given = _options()
    cache = given.cache.resolve()
    album = make_pictures(cache / "galleries")
    chosen = [each for each in GALLERIES if each.name in (given.only or given.serve or _NAMES)]
    try:
        if given.save:
            for gallery in chosen:
                print(save(gallery, workshop_of(gallery, cache / "galleries", album), album))
            return
        for gallery in chosen if given.rebuild else ():
            (workshop_of(gallery, cache / "galleries", album).folder / "built").unlink(True)
        if given.serve:
            _serve(chosen, cache / "galleries", album)
            return
        judges = [each for each in crawlers(cache) if each.key in given.crawlers]
        text = _measure_all(chosen, judges, cache / "galleries", album)
        print(f"\n{text}\n", flush=True)
        if given.write:
            insert("galleries", f"{text}\n\n{machine()}", _PAGE)
    except CannotMeasure as error:
        sys.exit(f"benchmarks: {error}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.galleries", description="Measures crawls of foreign galleries."
    )
    add = parser.add_argument
    add("--only", nargs="+", choices=_NAMES, metavar="NAME", help=f"{', '.join(_NAMES)}; all")
    add("--serve", nargs="+", choices=_NAMES, metavar="NAME", help="serve them until Ctrl-C")
    add("--crawlers", nargs="+", choices=_KEYS, default=_KEYS, help=f"{', '.join(_KEYS)}; all")
    add("--save", action="store_true", help="save pages of those that are built, for tests")
    add("--rebuild", action="store_true", help="build them again, whatever there is")
    add("--write", action="store_true", help=f"put the results into docs/{_PAGE.name}")
    add("--cache", type=Path, default=PROJECT / ".benchmarks", help="folder of what is made once")
    return parser.parse_args()


def _serve(galleries: Sequence[Gallery], cache: Path, album: Album) -> None:
    with contextlib.ExitStack() as running:
        for gallery in galleries:
            shop = workshop_of(gallery, cache, album)
            truth = build(gallery, shop)
            served = running.enter_context(serving(gallery, shop))
            words = f"{len(truth.offers)} pictures, {truth.pages} pages"
            print(f"{gallery.name}\t{served.url}{gallery.start}\t{words}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)


def _measure_all(
    galleries: Sequence[Gallery], judges: Sequence[Crawler], cache: Path, album: Album
) -> str:
    rows: list[Row] = []
    missing: dict[str, str] = {}
    for gallery in galleries:
        print(f"{gallery.name} ...", file=sys.stderr, flush=True)
        shop = workshop_of(gallery, cache, album)
        try:
            truth = build(gallery, shop)
            with serving(gallery, shop) as served:
                scores: dict[str, Score] = {
                    judge.key: measure(
                        judge, served, gallery.start, truth, shop.folder / "crawls" / judge.key
                    )
                    for judge in judges
                }
        except CannotMeasure as error:
            missing[gallery.name] = str(error)
            continue
        rows.append(Row(gallery, shop.versions(), truth, scores))
    if not rows:
        raise CannotMeasure("; ".join(f"{name}: {why}" for name, why in missing.items()))
    return report(rows, missing)


if __name__ == "__main__":
    main()
