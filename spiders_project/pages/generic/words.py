"""Reads the first words of an element, at a cost that does not depend on what lies in it."""

from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

_NODES = 160


def first_words(element: HtmlElement, letters: int, gap: str = "") -> str:
    """Return the text of an element, its white space joined, cut soon after so many letters.

    ``gap`` is put between the texts of different elements.
    """
    pieces: list[str] = []
    length = 0
    for event, node in islice(iterwalk(element, events=("start", "end", "comment")), _NODES):
        text = node.text if event == "start" else None if node is element else node.tail
        if text and (event == "end" or node.tag not in {"script", "style"}):
            pieces.append(text)
            length += len(text)
            if length > 2 * letters + 80:
                break
    return " ".join(gap.join(pieces).split())
