"""XPath beside the label of a value: the one way where definition lists have no classes."""

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from spiders_project.newsite.meanings import Sample
from spiders_project.pages.generic.texts import clean

_LONGEST_LABEL = 30
_MOST_ELEMENTS = 20_000


def labelled_paths(sample: Sample, elements: Sequence[HtmlElement]) -> Iterator[str]:
    """Yield XPaths that lead from a label to the first wanted value of a page."""
    for element in elements:
        yield from _beside(element)
        yield from _by_words(element)
    yield from _behind(sample)


def _beside(element: HtmlElement) -> Iterator[str]:
    """Yield paths from the element before, as in ``<dt>Author</dt><dd>Anna</dd>``."""
    for holder in (element, element.getparent()):
        label = holder.getprevious() if holder is not None else None
        text = _label(label)
        if label is not None and text:
            path = f"//{label.tag}[normalize-space()={text}]/following-sibling::{holder.tag}[1]"
            yield path if holder is element else f"{path}//{element.tag}"
            if holder is element and element.tag == "dd":
                yield f"{path}//a"


def _by_words(element: HtmlElement) -> Iterator[str]:
    """Yield a path to a link by its words, such as ``下一页``."""
    text = _label(element)
    if element.tag == "a" and element.get("href") and text:
        yield f"//a[normalize-space()={text}]/@href"


def _label(element: HtmlElement | None) -> str | None:
    """Return the words of a short element, quoted for XPath; None where they cannot be."""
    if element is None or not isinstance(element.tag, str):
        return None
    text = clean(element.text_content(), _LONGEST_LABEL + 1)
    return _quoted(text) if text and len(text) <= _LONGEST_LABEL else None


def _quoted(text: str) -> str | None:
    if '"' in text and "'" in text:
        return None
    return f"'{text}'" if '"' in text else f'"{text}"'


def _behind(sample: Sample) -> Iterator[str]:
    """Yield paths to words behind a label: in the same text, or in the text node that follows."""
    wanted = sample.values[0]
    for count, element in enumerate(sample.page.selector.root.iter("*")):
        if count > _MOST_ELEMENTS:
            return
        own = clean(element.text, 1000) or ""
        label, colon, value = own.partition("：" if "：" in own else ":")
        if colon and value.strip() == wanted and len(label) <= _LONGEST_LABEL:
            quoted = _quoted(label + colon)
            place = f"//{element.tag}[starts-with(normalize-space(), {quoted})]"
            yield f"(normalize-space(substring-after({place}, '{colon}')))"
        tail = (clean(element.tail, 1000) or "").lstrip(":： ")
        if tail == wanted and (quoted := _label(element)):
            yield f"//{element.tag}[normalize-space()={quoted}]/following-sibling::text()[1]"
