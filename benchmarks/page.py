"""Puts results into docs/performance.md, between the markers that name a benchmark."""

from pathlib import Path

from benchmarks.errors import CannotMeasure
from benchmarks.processes import PROJECT

DOCS = PROJECT / "docs"
PAGE = DOCS / "performance.md"


def insert(name: str, text: str, page: Path = PAGE) -> None:
    """Replace what lies between the markers of a benchmark; raises CannotMeasure without them."""
    begin, end = f"<!-- {name}: written by python -m benchmarks -->", f"<!-- end of {name} -->"
    words = page.read_text(encoding="utf-8") if page.exists() else ""
    before, found_begin, rest = words.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found_begin or not found_end:
        raise CannotMeasure(f"{page.name} has no lines {begin} and {end} to write between")
    page.write_text(f"{before}{begin}\n{text.strip()}\n{end}{after}", encoding="utf-8")
