"""The gallery's own pages: front page, listings and picture pages."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from .catalogue import CATEGORIES, PICTURES, album
from .markup import Page, frame, lazy_image, tag, text, void
from .picture import Category, DemoPicture

PAGE_SIZE = 12
_TITLES = {category.slug: category.title for category in CATEGORIES}


def page_name(number: int) -> str:
    """Return the file name of a listing's page: ``index.html``, then ``index_2.html``."""
    return "index.html" if number == 1 else f"index_{number}.html"


def page_count(pictures: Sequence[DemoPicture], size: int = PAGE_SIZE) -> int:
    """Return how many pages a listing has."""
    return -(-len(pictures) // size)


class GalleryPages:
    """Builds pages whose pictures live on another host than the pages themselves."""

    def __init__(self, picture_url: str) -> None:
        """Remember the picture host's address, without a slash at its end."""
        self._picture_url = picture_url

    def front(self) -> Page:
        """Return the front page with one album for each category."""
        albums = "\n".join(self._album(category) for category in CATEGORIES)
        body = (
            tag("h1", "Wallpapers for every screen")
            + tag("p", f"{len(PICTURES)} pictures in {len(CATEGORIES)} albums.", class_="lead")
            + tag("div", albums, class_="gallery")
            + self._related("Fresh on the wall", _newest())
        )
        return self._page("Wallpaper Demo", body)

    def listing(self, category: Category, number: int) -> Page | None:
        """Return one page of a category, or nothing beyond its last page."""
        pictures = album(category.slug)
        pages = page_count(pictures)
        if not 1 <= number <= pages:
            return None
        shown = pictures[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        cards = "\n".join(self._card(picture) for picture in shown)
        lead = f"{len(pictures)} · {number} / {pages}"
        body = (
            tag("h1", text(category.title))
            + tag("p", lead, class_="lead")
            + tag("ul", f"\n{cards}\n", class_="cards")
            + _pagination(number, pages)
            + self._related("Editor's picks", _picks(category.slug, number))
        )
        return self._page(f"{category.title} · {number}", body, category)

    def detail(self, picture: DemoPicture) -> Page:
        """Return the page of one picture."""
        category = next(one for one in CATEGORIES if one.slug == picture.category)
        crumbs = (
            tag("a", "Home", href="../") + " / " + tag("a", text(category.title), href="index.html")
        )
        article = tag("article", self._figure(picture) + _facts(picture), class_="picture")
        others = album(picture.category)
        place = others.index(picture)
        near = [others[(place + step) % len(others)] for step in (5, 7, 11, 13, 17, 19)]
        body = (
            tag("p", crumbs, class_="crumbs") + article + self._related("You may also like", near)
        )
        return self._page(picture.title, body, category)

    def _page(self, title: str, body: str, category: Category | None = None) -> Page:
        charset = category.charset if category else "utf-8"
        markup = frame("gallery.html").substitute(
            lang="zh-CN" if category and not category.title.isascii() else "en",
            charset=charset,
            title=text(title),
            menu=_menu(category),
            body=body,
        )
        # A page in an older encoding names it only inside itself, as many real sites do.
        content_type = "text/html; charset=utf-8" if charset == "utf-8" else "text/html"
        return Page(markup.encode(charset, "xmlcharrefreplace"), content_type)

    def _preview(self, picture: DemoPicture) -> str:
        return lazy_image(self._picture_url + picture.copy_path("previews"), picture.title)

    def _album(self, category: Category) -> str:
        pictures = album(category.slug)
        label = tag("b", text(category.title)) + tag("span", f"{len(pictures)}")
        content = self._preview(pictures[0]) + tag("span", label, class_="label")
        return tag("a", content, class_="album", href=quote(f"/{category.slug}/index.html"))

    def _card(self, picture: DemoPicture) -> str:
        note = f"{picture.width} &times; {picture.height} · {picture.format.upper()}"
        content = (
            self._preview(picture)
            + tag("span", text(picture.title), class_="card-title")
            + tag("span", note, class_="card-note")
        )
        link = tag("a", content, class_="card-link", href=quote(f"{picture.slug}.html"))
        return tag("li", link, class_="card")

    def _figure(self, picture: DemoPicture) -> str:
        medium = void(
            "img",
            src=self._picture_url + picture.copy_path("medium"),
            alt=picture.title,
            width=str(picture.width),
            height=str(picture.height),
        )
        original = self._picture_url + picture.original_path
        link = tag("a", medium, class_="original", href=original)
        caption = tag("figcaption", "Select the picture for the original.")
        return tag("figure", link + caption)

    def _related(self, title: str, pictures: Sequence[DemoPicture]) -> str:
        links = "\n".join(
            tag("a", self._preview(picture) + text(picture.title), href=picture.page_path)
            for picture in pictures
        )
        strip = tag("div", links, class_="strip")
        return tag("aside", tag("h2", text(title)) + strip, class_="related")


def _menu(current: Category | None) -> str:
    links = []
    for category in CATEGORIES:
        marks = {"aria_current": "page"} if category is current else {}
        address = quote(f"/{category.slug}/index.html")
        links.append(tag("a", text(category.title), href=address, **marks))
    return "\n".join(links)


def _newest() -> list[DemoPicture]:
    """Return the pictures published last."""
    return sorted(PICTURES, key=lambda picture: picture.published, reverse=True)[:6]


def _picks(category: str, number: int) -> list[DemoPicture]:
    """Return a few pictures of other categories, different ones on every page."""
    others = [picture for picture in PICTURES if picture.category != category]
    return [others[(number * 29 + step * 23) % len(others)] for step in range(6)]


def _pagination(number: int, pages: int) -> str:
    links = [
        tag("span", str(page), class_="here")
        if page == number
        else tag("a", str(page), href=page_name(page))
        for page in range(1, pages + 1)
    ]
    if number < pages:
        links.append(tag("a", "Next", class_="next", rel="next", href=page_name(number + 1)))
    return tag("nav", "\n".join(links), class_="pages")


def _facts(picture: DemoPicture) -> str:
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
        tag("li", tag("a", text(name), rel="tag", href=f"index.html#{quote(name)}"))
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
