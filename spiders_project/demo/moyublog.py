"""A second little site with another structure: Chinese, numbered pages, no link to the next."""

from __future__ import annotations

from collections.abc import Sequence

from .catalogue import album
from .layout import page_name
from .markup import Page, frame, lazy_image, tag, text, void
from .pages import page_count
from .picture import DemoPicture

FOLDER = "/moyublog/hdwallpapers/meinv/"
PAGE_SIZE = 10
_FIRST_ID = 31208
_CAPTCHA = "/moyublog/captcha.html"

PICTURES: dict[int, DemoPicture] = {
    _FIRST_ID + 7 * place: picture
    for place, picture in enumerate((*album("night"), *album("山水")[:4]))
}


class MoyublogPages:
    """Builds the second site's pages around the gallery's pictures."""

    def __init__(self, url: str, picture_url: str) -> None:
        """Remember where pages and pictures are to be found."""
        self._url = url
        self._picture_url = picture_url

    def listing(self, number: int) -> Page | None:
        """Return one page of the listing, or nothing beyond its last page."""
        entries = list(PICTURES.items())
        pages = page_count(entries, PAGE_SIZE)
        if not 1 <= number <= pages:
            return None
        shown = entries[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        items = "\n".join(self._item(place, *entry) for place, entry in enumerate(shown))
        links = "\n".join(
            tag("b", str(page)) if page == number else tag("a", str(page), href=page_name(page))
            for page in range(1, pages + 1)
        )
        body = tag("div", tag("ul", items), class_="slist") + tag("div", links, class_="page")
        return _page(f"高清壁纸 第{number}页", body)

    def detail(self, number: int) -> Page | None:
        """Return the page of one picture, or nothing for an unknown number."""
        picture = PICTURES.get(number)
        if picture is None:
            return None
        image = void(
            "img",
            src=self._picture_url + picture.original_path,
            title=picture.title,
            alt=picture.title,
        )
        body = (
            tag("h1", text(picture.title), class_="photo-tit")
            + tag("div", image, class_="photo-pic")
            + tag("div", tag("a", "下载原图", href=_CAPTCHA), class_="down")
            + self._more(number)
        )
        return _page(picture.title, body)

    def captcha(self) -> Page:
        """Return the page that stands between visitors and the download button."""
        form = tag("p", "请输入验证码后下载。") + void("input", name="code", autocomplete="off")
        return _page("验证码", tag("form", form, class_="captcha"))

    def _item(self, place: int, number: int, picture: DemoPicture) -> str:
        spellings: Sequence[str] = (
            f"{number}.html",
            f"{FOLDER}{number}.html",
            f"{self._url}{FOLDER}{number}.html",
        )
        preview = lazy_image(self._picture_url + picture.copy_path("previews"), picture.title)
        content = preview + tag("p", text(picture.title))
        return tag("li", tag("a", content, target="_blank", href=spellings[place % 3]))

    def _more(self, number: int) -> str:
        others = [entry for entry in PICTURES.items() if entry[0] != number][:5]
        items = "\n".join(
            tag("li", tag("a", text(picture.title), href=f"{key}.html")) for key, picture in others
        )
        return tag("ul", items, class_="more")


def _page(title: str, body: str) -> Page:
    markup = frame("moyublog.html").substitute(title=text(title), body=body)
    return Page(markup.encode(), "text/html; charset=utf-8")
