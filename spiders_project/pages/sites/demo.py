"""The demo gallery that ships with the project and is served on this machine."""

from spiders_project.pages.base import Site


class Demo(Site):
    """Categories by linked pages; previews and related pictures beside the originals."""

    name = "demo"
    label = "the gallery that ships with this project, served on this machine"
    root = "http://127.0.0.1:8642"
    hosts = ("127.0.0.1:8642", "localhost:8642")
    verified = "live, by the tests"

    categories = {
        "mountains": "Mountains",
        "ocean": "Ocean",
        "space": "Space",
        "abstract": "Abstract",
        "山水": "山水",
        "night": "夜色",
        "hard-titles": "Hard titles",
        "hard-pictures": "Hard pictures",
        "hard-servers": "Hard servers",
        "hard-links": "Hard links",
        "hard-robots": "Hard robots",
        "calendar": "Endless calendar",
        "forbidden": "Forbidden",
    }
    default_categories = ("mountains", "ocean", "space", "abstract", "山水", "night")

    listing_address = "{root}/{category}/index.html"
    next_link = "nav.pages a.next::attr(href)"
    card_link = "ul.cards > li.card a.card-link::attr(href)"

    picture = "article.picture figure a.original::attr(href)"
    title = "article.picture h1"
    tags = "article.picture ul.tags a[rel=tag]"
    author = "article.picture dd.author"
    license = "article.picture a[rel=license]::attr(href)"
    published = "article.picture time::attr(datetime)"
    description = "article.picture p.description"

    # It is our own machine: nobody is disturbed.
    concurrent_requests = 8
    delay_seconds = 0.0
