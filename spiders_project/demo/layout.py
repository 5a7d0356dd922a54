"""The gallery's look: frames, cards and figures, the same on all of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from .catalogue import CATEGORIES
from .markup import Page, frame, lazy_image, tag, text, void
from .picture import Category, DemoPicture


def page_name(number: int) -> str:
    """Return the file name of a listing's page: ``index.html``, then ``index_2.html``."""
    return "index.html" if number == 1 else f"index_{number}.html"


class Layout:
    """Builds the parts of pages whose previews live on another host than the pages."""

    def __init__(self, picture_url: str) -> None:
        """Remember the picture host's address, without a slash at its end."""
        self._picture_url = picture_url

    def page(self, title: str, body: str, category: Category | None = None, base: str = "") -> Page:
        """Set a body into the frame; ``base`` is where the page's relative links start from."""
        charset = category.charset if category else "utf-8"
        markup = frame("gallery.html").substitute(
            lang="zh-CN" if category and not category.title.isascii() else "en",
            charset=charset,
            base=void("base", href=base) if base else "",
            title=text(title),
            menu=_menu(category),
            body=body,
        )
        # A page in an older encoding names it only inside itself, as many real sites do.
        content_type = "text/html; charset=utf-8" if charset == "utf-8" else "text/html"
        return Page(markup.encode(charset, "xmlcharrefreplace"), content_type)

    def album(self, category: Category, pictures: Sequence[DemoPicture]) -> str:
        """Return the link to a category, with its first picture."""
        label = tag("b", text(category.title)) + tag("span", f"{len(pictures)}")
        content = self._preview(pictures[0]) + tag("span", label, class_="label")
        return tag("a", content, class_="album", href=listing_path(category))

    def cards(self, pictures: Iterable[tuple[DemoPicture, str]]) -> str:
        """Return the cards of a listing: pictures, and the links to their pages."""
        cards = "\n".join(self._card(picture, link) for picture, link in pictures)
        return tag("ul", f"\n{cards}\n", class_="cards")

    def picture(self, picture: DemoPicture, category: Category, original: str) -> str:
        """Return the crumbs and the article of a picture; ``original`` is the link to it."""
        crumbs = (
            tag("a", "Home", href="/")
            + " / "
            + tag("a", text(category.title), href=listing_path(category))
        )
        article = self._figure(picture, original) + _facts(picture, category)
        return tag("p", crumbs, class_="crumbs") + tag("article", article, class_="picture")

    def related(self, title: str, pictures: Iterable[DemoPicture]) -> str:
        """Return a strip of other pictures."""
        links = "\n".join(
            tag("a", self._preview(picture) + text(picture.title), href=picture.page_path)
            for picture in pictures
        )
        strip = tag("div", links, class_="strip")
        return tag("aside", tag("h2", text(title)) + strip, class_="related")

    def _preview(self, picture: DemoPicture) -> str:
        return lazy_image(self._picture_url + picture.copy_path("previews"), picture.title)

    def _card(self, picture: DemoPicture, link: str) -> str:
        note = f"{picture.width} &times; {picture.height} · {picture.format.upper()}"
        content = (
            self._preview(picture)
            + tag("span", text(picture.title), class_="card-title")
            + tag("span", note, class_="card-note")
        )
        return tag("li", tag("a", content, class_="card-link", href=link), class_="card")

    def _figure(self, picture: DemoPicture, original: str) -> str:
        medium = void(
            "img",
            src=self._picture_url + picture.copy_path("medium"),
            alt=picture.title,
            width=str(picture.width),
            height=str(picture.height),
        )
        link = tag("a", medium, class_="original", href=original)
        caption = tag("figcaption", "Select the picture for the original.")
        return tag("figure", link + caption)


def listing_path(category: Category) -> str:
    """Return the percent-encoded path of a category's first listing page."""
    return quote(f"/{category.slug}/index.html")


def pagination(number: int, numbers: Iterable[int], following: str | None, up: str = "") -> str:
    """Return the links to the pages with these numbers.

    ``following`` is the link to the next page, ``up`` leads to the folder of the others.
    """
    links = [
        tag("span", str(page), class_="here")
        if page == number
        else tag("a", str(page), href=up + page_name(page))
        for page in numbers
    ]
    if following:
        links.append(tag("a", "Next", class_="next", rel="next", href=following))
    return tag("nav", "\n".join(links), class_="pages")


def _menu(current: Category | None) -> str:
    links = []
    for category in CATEGORIES:
        marks = {"aria_current": "page"} if category is current else {}
        links.append(tag("a", text(category.title), href=listing_path(category), **marks))
    return "\n".join(links)


def _facts(picture: DemoPicture, category: Category) -> str:
    day = picture.published
    licence = tag("a", text(picture.licence.name), rel="license", href=picture.licence.url)
    rows = (
        ("Author", tag("dd", text(picture.author), class_="author")),
        ("Licence", tag("dd", licence)),
        ("Published", tag("dd", tag("time", day.isoformat(), datetime=day.isoformat()))),
        ("Resolution", tag("dd", f"{picture.width} &times; {picture.height}", class_="resolution")),
        ("Format", tag("dd", picture.format.upper(), class_="format")),
    )
    facts = "\n".join(tag("dt", name) + value for name, value in rows)
    tags = "\n".join(
        tag("li", tag("a", text(name), rel="tag", href=f"{listing_path(category)}#{quote(name)}"))
        for name in picture.tags
    )
    return tag(
        "div",
        tag("h1", text(picture.title))
        + tag("p", text(picture.description), class_="description")
        + tag("dl", facts, class_="facts")
        + tag("ul", tags, class_="tags"),
        class_="about",
    )
