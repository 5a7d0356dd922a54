"""The plot of the benchmarks."""

from xml.etree import ElementTree as ET

from benchmarks.bar_chart import BarChart, Panel

SVG = "{http://www.w3.org/2000/svg}"


def widths(values: list[float | None]) -> list[float]:
    names = [f"<{place}>" for place in range(len(values))]
    picture = ET.fromstring(BarChart("Speeds", names, [Panel("all", values)]).svg())
    # The first one is the ground.
    bars = picture.findall(f"{SVG}rect")[1:]
    return [float(bar.attrib["width"]) for bar in bars]


def test_bars_are_as_long_as_their_values() -> None:
    quarter, half, whole = widths([25, 50, 100])
    assert whole == 2 * half == 4 * quarter


def test_one_that_is_far_ahead_is_cut_so_that_the_others_can_be_seen() -> None:
    half, whole, cut = widths([50, 100, 9000])
    assert cut == whole == 2 * half


def test_there_is_no_bar_for_what_was_not_measured() -> None:
    assert len(widths([10, None, 20])) == 2
