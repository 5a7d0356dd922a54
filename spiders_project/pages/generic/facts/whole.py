"""The facts of a page as a whole: of the picture of a detail page, or of a listing."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from spiders_project.pages.generic.facts.crumbs import Crumb, crumbs_of, is_breadcrumb, up_links
from spiders_project.pages.generic.facts.evidence import Evidence, Voice, captions_in
from spiders_project.pages.generic.facts.ground import Ground, ground_of
from spiders_project.pages.generic.facts.head import head_evidence, site_names
from spiders_project.pages.generic.facts.marks import is_license, marks_of
from spiders_project.pages.generic.facts.regions import is_card, is_elsewhere
from spiders_project.pages.generic.facts.roles import Role
from spiders_project.pages.generic.facts.settle import norm, settle
from spiders_project.pages.generic.facts.subjects import subjects_of
from spiders_project.pages.generic.facts.titles import Naming, parts_of, ranked_titles, site_in_head
from spiders_project.pages.generic.texts import clean
from spiders_project.pages.generic.values import Facts
from spiders_project.pages.page import Page

_MOST_EVENTS = 600_000
_MOST_EVIDENCE = 3000
_REPEATED = 3
_SEVERAL = 3
_MOST_CAPTIONS = 2
_LONGEST_NAME = 250

_Place = tuple[object, ...]


def facts_of(page: Page) -> Facts:
    """Return what a page says of the picture that it is about, or of itself."""
    ground = ground_of(page)
    crumbs = crumbs_of(page, ground)
    structured = list(subjects_of(page, ground))
    marked = _marked(page, ground)
    naming = _naming(page, ground, crumbs)
    evidence = [*structured, *head_evidence(page, ground), *marked]
    titles = [each for each in evidence if each.role is Role.TITLE]
    titles += [Evidence(Role.TITLE, Voice.HEAD, naming.head)]
    # A part of the head alone names the picture if the picture is called so.
    confirmed = [part for part in parts_of(naming.head)[:6] if norm(part) in naming.at_pictures]
    titles += [Evidence(Role.TITLE, Voice.HEAD, part) for part in confirmed]
    ranked = ranked_titles(titles, naming)
    others = [each for each in evidence if each.role is not Role.TITLE]
    others += captions_in(titles)
    return settle([*_in_order(ranked), *_category(crumbs, ranked), *others], ground.language)


def _in_order(titles: list[Evidence]) -> Iterator[Evidence]:
    """Give titles one voice, so that their order stays."""
    for each in titles:
        yield Evidence(Role.TITLE, Voice.DATA, each.text)


def _category(crumbs: list[Crumb], titles: list[Evidence]) -> Iterator[Evidence]:
    """Yield the innermost of the crumbs above the page itself."""
    own = {norm(each.text) for each in titles[:1]}
    above = [crumb for crumb in crumbs if not crumb.is_here and norm(crumb.text) not in own]
    for crumb in reversed(above):
        yield Evidence(Role.CATEGORY, Voice.DATA, crumb.text)


def _naming(page: Page, ground: Ground, crumbs: list[Crumb]) -> Naming:
    head = ground.root.find(".//title")
    text = clean("".join(head.itertext()), _LONGEST_NAME) if head is not None else None
    above = {norm(name) for name in site_names(page, ground)}
    above |= {norm(crumb.text) for crumb in crumbs if not crumb.is_here}
    above |= {norm(name) for name in up_links(page, ground)}
    at_pictures = {
        norm(value)
        for picture in islice(ground.root.iter("img"), 2000)
        for name in ("alt", "title")
        if (value := picture.get(name))
    }
    naming = Naming(text or "", above - {""}, at_pictures, page.url)
    if site := site_in_head(naming):
        naming.above.add(norm(site))
    return naming


def _marked(page: Page, ground: Ground) -> list[Evidence]:
    """Return what is marked on a page, without what cards repeat."""
    found: list[tuple[_Place, Evidence]] = []
    pictures = 0
    walk = iterwalk(ground.root, events=("start",))
    for _, element in islice(walk, _MOST_EVENTS):
        if len(found) > _MOST_EVIDENCE:
            break
        if is_elsewhere(element) or is_card(element):
            walk.skip_subtree()
        elif not is_breadcrumb(element):
            pictures += element.tag == "img"
            place = _place(element)
            found.extend((place, each) for each in marks_of(element, page))
    said = list(_unrepeated(found))
    captions = {each.text for each in said if each.voice is Voice.CAPTION}
    if pictures >= _SEVERAL or len(captions) > _MOST_CAPTIONS:
        # Captions are those of pictures, and the page is not about one of them.
        said = [each for each in said if each.voice is not Voice.CAPTION]
    return [*said, *_licenses(page, ground)]


def _place(element: HtmlElement) -> _Place:
    parent = element.getparent()
    above = (parent.tag, parent.get("class")) if parent is not None else ()
    return (*above, element.tag, element.get("class"))


def _unrepeated(found: list[tuple[_Place, Evidence]]) -> Iterator[Evidence]:
    """Yield what is said once in its place; what many cards say is said of each of them."""
    said: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for place, each in found:
        said[(place, each.role)].add(each.text)
    for place, each in found:
        if each.role is Role.TAG or len(said[(place, each.role)]) < _REPEATED:
            yield each


def _licenses(page: Page, ground: Ground) -> Iterator[Evidence]:
    """Yield the licences that a page links, wherever: they often stand at its foot."""
    for link in islice(ground.root.iter("a", "link"), 20_000):
        href = link.get("href") or ""
        is_marked = "license" in (link.get("rel") or "").lower().split()
        if (is_marked or is_license(href)) and (address := page.absolute(href)):
            yield Evidence(Role.LICENSE, Voice.MARK if is_marked else Voice.CAPTION, address)
