"""Saved pages of galleries, with the addresses that they are read from."""

from pathlib import Path

from spiders_project.pages.page import Page

FOLDER = Path(__file__).parents[2] / "fixtures" / "galleries"

ADDRESSES = {
    "backgrounds/index.html": "https://g.example/portfolio/",
    "beside/index.html": "https://g.example/prints",
    "coppermine/displayimage.html": "https://g.example/displayimage.php?album=5&pid=21",
    "coppermine/thumbnails.html": "https://g.example/thumbnails.php?album=5",
    "cover/album.html": "https://g.example/birds",
    "gbk/detail.html": "https://g.example/tupian/2303.html",
    "gbk/list.html": "https://g.example/fengjing/",
    "index/apache.html": "https://g.example/photos/",
    "index/nginx.html": "https://g.example/photos/",
    "lightgallery/index.html": "https://g.example/birds/",
    "linkless/index.html": "https://g.example/slides/",
    "mediawiki/category.html": "https://g.example/wiki/Category:Herons",
    "mediawiki/file.html": "https://g.example/wiki/File:Heron.jpg",
    "neighbours/photo.html": "https://g.example/trip/photo2.html",
    "nikola/index.html": "https://g.example/galleries/",
    "photoswipe/index.html": "https://g.example/",
    "piwigo/category.html": "https://g.example/index.php?/category/3",
    "piwigo/picture.html": "https://g.example/picture.php?/71/category/3",
    "sections/index.html": "https://g.example/2024/",
    "sigal/album.html": "https://g.example/birds/index.html",
    "tables/heron.htm": "https://g.example/~me/trip/heron.htm",
    "tables/index.html": "https://g.example/~me/trip/",
    "target/index.html": "https://g.example/css/",
    "thumbsup/index.html": "https://g.example/",
    "wallpapers/tag.html": "https://g.example/tag/nature",
    "wordpress/category.html": "https://wp.example/category/birds/",
    "wordpress/classic_gallery.html": "https://wp.example/moor/",
    "wordpress/last.html": "https://wp.example/category/birds/page/9/",
    "wordpress/post.html": "https://wp.example/birds/heron/",
}


def saved(name: str) -> Page:
    """Return a saved page."""
    return Page(ADDRESSES[name], (FOLDER / name).read_bytes(), "text/html")


def page(body: str, url: str = "https://g.example/a/") -> Page:
    """Return a page with a body."""
    return Page(url, f"<html><body>{body}</body></html>".encode(), "text/html; charset=utf-8")
