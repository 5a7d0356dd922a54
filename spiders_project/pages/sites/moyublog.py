"""moyublog.com: wallpapers in Chinese categories, one picture on each detail page."""

from spiders_project.pages.base import Site


class Moyublog(Site):
    """Listing pages are counted in the address; the title is an attribute of the picture.

    Listings show lazy previews (``data-original`` with a placeholder in ``src``)
    and a download button that asks for a captcha; neither is touched.
    """

    name = "moyublog"
    label = "wallpapers, titles in Chinese"
    root = "https://www.moyublog.com"
    hosts = ("www.moyublog.com", "moyublog.com")
    verified = "saved pages of 2026-11-22"

    categories = {"meinv": "美女"}
    has_other_categories = True

    listing_address = "{root}/hdwallpapers/{category}/index.html"
    listing_page_address = "{root}/hdwallpapers/{category}/index_{page}.html"
    card_link = "div.slist a[target=_blank]::attr(href)"

    picture = "div.photo-pic img::attr(src)"
    title = ("div.photo-pic img::attr(title)", "div.photo-pic img::attr(alt)")
