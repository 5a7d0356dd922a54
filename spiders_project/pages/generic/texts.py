"""Makes text for people out of elements and markup, at a cost that does not depend on its size."""

import html
import re
from collections.abc import Callable, Iterator
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|fig\w+|font"
    r"|footer|h[1-6]|header|hr|i|iframe|img|ins|label|li|main|mark|nav|nobr|ol|p|picture|pre|q|s"
    r"|section|small|source|span|strike|strong|style|script|sub|sup|svg|table|tbody|td|th|time|tr|tt"
    r"|u|ul|var|video|wbr)\b[^<>]*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
_CODE = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LINE_TAG = re.compile(r"<\s*/?\s*(?:br|p|div|li|ul|h[1-6]|tr|figcaption)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufffe]")
_UNSEEN = frozenset(("script", "style", "noscript", "template", "select", "textarea", "svg"))
_BLOCKS = frozenset(
    "address article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul".split()
)
_MOST_EVENTS = 500
_MOST_NODES = 160
_MOST_CHARACTERS = 20_000


def clean(text: str | None, most: int) -> str | None:
    """Return a text as one line of at most so many characters, None where nothing is left.

    Half surrogates, which JSON can hold, and characters that nobody sees are left out.
    """
    if not text:
        return None
    text = text[:_MOST_CHARACTERS]
    text = _without_tags(text)
    # Many a page escapes what its template engine escapes again.
    for _ in range(2):
        if "&" not in text:
            break
        text = _without_tags(_ENTITY.sub(lambda match: html.unescape(match[0]), text))
    if not text.isascii():
        text = text.encode("utf-8", "ignore").decode()
    text = " ".join(_INVISIBLE.sub("", text).split())
    return _shortened(text, most) or None


def _without_tags(text: str) -> str:
    """Take out the tags of HTML; other words in angle brackets stay."""
    return _TAG.sub(" ", _CODE.sub(" ", text)) if "<" in text else text


def _shortened(text: str, most: int) -> str:
    """Cut a text between two words, if there are any."""
    if len(text) <= most:
        return text
    head = text[: most + 1].rpartition(" ")[0]
    return head if len(head) > most // 2 else text[:most]


def lines_of_markup(text: str) -> list[str]:
    """Return the lines of a piece of HTML, such as an attribute holds; empty ones are left out."""
    text = text[:_MOST_CHARACTERS]
    if "<" not in text and "&lt;" in text:
        text = html.unescape(text)
    lines = _LINE_TAG.sub("\n", text).split("\n") if "<" in text else text.split("\n")
    return [line for each in lines if (line := clean(each, _MOST_CHARACTERS))]


def lines_of(
    element: HtmlElement, leaves_out: Callable[[HtmlElement], bool] | None = None
) -> list[str]:
    """Return what a person reads in an element, a line for each block; empty ones are left out."""
    if not len(element):
        words = " ".join((element.text or "").split()) if element.tag not in _UNSEEN else ""
        return [words] if words else []
    lines = "".join(_pieces(element, leaves_out)).split("\n")
    return [line for each in lines if (line := " ".join(each.split()))]


def text_of(element: HtmlElement) -> str:
    """Return what a person reads in an element, as one line."""
    return " ".join(lines_of(element))


def _pieces(
    element: HtmlElement, leaves_out: Callable[[HtmlElement], bool] | None
) -> Iterator[str]:
    """Yield text, and a line end at the edges of blocks; bounded, however much is inside."""
    walk = iterwalk(element, events=("start", "end", "comment", "pi"))
    characters = 0
    for event, node in islice(walk, _MOST_EVENTS):
        text = node.tail if event != "start" and node is not element else None
        is_left_out = node.tag in _UNSEEN or (leaves_out is not None and leaves_out(node))
        if event == "start" and is_left_out:
            walk.skip_subtree()
        elif event == "start":
            text = node.text
        yield "\n" if node.tag in _BLOCKS else ""
        yield text or ""
        characters += len(text or "")
        if characters > _MOST_CHARACTERS:
            return


def first_words(element: HtmlElement, letters: int, gap: str = "") -> str:
    """Return the text of an element, its white space joined, cut soon after so many letters.

    ``gap`` is put between the texts of different elements.
    """
    pieces: list[str] = []
    length = 0
    for event, node in islice(iterwalk(element, events=("start", "end", "comment")), _MOST_NODES):
        text = node.text if event == "start" else None if node is element else node.tail
        if text and (event == "end" or node.tag not in {"script", "style"}):
            pieces.append(text)
            length += len(text)
            if length > 2 * letters + 80:
                break
    return " ".join(gap.join(pieces).split())
