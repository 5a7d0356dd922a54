"""Smaller generators from PyPI: photo pages, stories, documentation with pictures."""

import shutil

from PIL import Image

from benchmarks.galleries.gallery import Build, Gallery
from benchmarks.galleries.known import ALBUMS, KNOWN, Known
from benchmarks.galleries.server import PLACE
from benchmarks.galleries.workshop import Needs, Workshop

_JPEG = (".jpg",)


def _photog(shop: Workshop) -> None:
    shop.album.copy_flat(shop.site, *_JPEG)
    shop.run("photog", ".", folder=shop.site)


def _simplegals(shop: Workshop) -> None:
    shop.run("simpleGals", "init")
    shop.album.copy_flat(shop.work / "in", ".jpg", ".png")
    shop.run("simpleGals", "build")
    shutil.move(shop.work / "out", shop.site)


def _simple_photo_gallery(shop: Workshop) -> None:
    folder = shop.work / "gallery"
    shop.album.copy_flat(folder)
    shop.run("gallery-init", "-p", str(folder), "--use-defaults")
    shop.run("gallery-build", "-p", str(folder))
    shutil.move(folder / "public", shop.site)


def _prosopopee(theme: str) -> Build:
    def build(shop: Workshop) -> None:
        settings = f"title: Two journeys\nsettings:\n  gm:\n    quality: 75\ntheme: {theme}\n"
        (shop.work / "settings.yaml").write_text(settings)
        shop.album.copy(shop.work, is_plain=True)
        for album in ALBUMS:
            _tell(shop, album)
        shop.run("prosopopee", "build")
        shutil.move(shop.work / "build", shop.site)

    return build


def _tell(shop: Workshop, album: str) -> None:
    """Write the story of an album: a full picture, then groups of three."""
    own = _jpegs(album)
    lines = [f"title: {album.rpartition('/')[2]}", "date: 2025-03-01"]
    lines += [f"cover: {own[0].plain_name}"]
    if not any(other.startswith(f"{album}/") for other in ALBUMS):
        lines += ["sections:", "  - type: full-picture", f"    image: {own[0].plain_name}"]
        lines += ["  - type: pictures-group", "    images:"]
        for first in range(1, len(own), 3):
            lines.append("      -")
            lines += [f"        - {each.plain_name}" for each in own[first : first + 3]]
    (shop.work / album / "settings.yaml").write_text("\n".join(lines) + "\n")


def _jpegs(album: str) -> list[Known]:
    return [each for each in KNOWN if each.album == album and each.plain_name.endswith(_JPEG)]


def _mikula(shop: Workshop) -> None:
    # Its program lacks the right to be executed.
    program = str(shop.folder / "venv" / "bin" / "mikula")
    shop.run("python", program, "init")
    source = shop.work / "source" / "gallery"
    shutil.rmtree(source)
    shop.album.copy(source, is_plain=True)
    for album in ("", *ALBUMS):
        cover = _jpegs(album or ALBUMS[0])[0].plain_name
        words = f"---\ntitle: {album or 'Journeys'}\nthumbnail: {cover}\n---\n\n# {album}\n"
        (source / album / "index.md").write_text(words)
    shop.run("python", program, "build")
    shutil.move(shop.work / "build", shop.site)


_MKDOCS = """site_name: Two journeys
site_url: {place}/
theme: {{name: mkdocs}}
plugins:
  - glightbox
  - image-gallery:
      image_folder: ./assets/gallery
      separate_category_pages: {separate}
nav:
  - Home: index.md
  - Gallery: gallery.md
"""


def _mkdocs(*, separate: bool) -> Build:
    def build(shop: Workshop) -> None:
        docs = shop.work / "docs"
        for album in ALBUMS:
            folder = docs / "assets" / "gallery" / album.rpartition("/")[2]
            folder.mkdir(parents=True)
            own = [each for each in KNOWN if each.album == album]
            for each in own:
                shutil.copy2(shop.album.plain_folder / each.plain_path, folder)
            with Image.open(folder / own[0].plain_name) as cover:
                cover.thumbnail((300, 300))
                cover.save(folder / "thumbnail.jpg")
        (docs / "index.md").write_text("# Two journeys\n\n{{gallery_preview}}\n")
        (docs / "gallery.md").write_text("# Gallery\n\n{{gallery_html}}\n")
        (shop.work / "mkdocs.yml").write_text(
            _MKDOCS.format(separate=str(separate).lower(), place=PLACE)
        )
        shop.run("mkdocs", "build", "-q", "-d", str(shop.site))

    return build


def _sphinx(shop: Workshop) -> None:
    source = shop.work / "source"
    shop.album.copy(source / "pictures", is_plain=True)
    settings = 'extensions = ["sphinxcontrib.images"]\nproject = "Two journeys"\n'
    (source / "conf.py").write_text(
        settings + "images_config = {'override_image_directive': False}\n"
    )
    pages = {album: album.lower().replace("/", "-") for album in ALBUMS}
    contents = "".join(f"   {page}\n" for page in pages.values())
    heading = "Two journeys\n============\n\n.. toctree::\n\n"
    (source / "index.rst").write_text(heading + contents)
    for album, page in pages.items():
        pictures = "".join(
            f".. thumbnail:: pictures/{each.plain_path}\n   :title: {each.title}\n   :group: all\n"
            f"   :width: 200px\n\n"
            for each in KNOWN
            if each.album == album
        )
        (source / f"{page}.rst").write_text(f"{album}\n{'=' * len(album)}\n\n{pictures}")
    shop.run("sphinx-build", "-q", "-b", "html", str(source), str(shop.site))


_PROSOPOPEE = Needs(
    pip=(
        "prosopopee==1.1.5",
        "path==15.1.2",
        "setuptools<80",
        "ruamel.yaml<0.18",
        "jinja2<3.1",
        "markupsafe<2.1",
    ),
    apt=("graphicsmagick", "ffmpeg"),
)
_PELICAN = """SITENAME = "Two journeys"
AUTHOR = "Mira Aldane"
SITEURL = {place!r}
PATH = "content"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
THEME = "simple"
DEFAULT_PAGINATION = {pagination}
PLUGINS = ["pelican.plugins.photos"]
PHOTO_LIBRARY = {library!r}
PHOTO_GALLERY = (1600, 1200, 85)
PHOTO_LIGHTBOX_GALLERY_ATTR = "data-lightbox"
"""


def _pelican(shop: Workshop) -> None:
    """Build a blog whose articles show pictures of a library, small, with a link to large ones."""
    content = shop.work / "content"
    content.mkdir()
    settings = _PELICAN.format(place=PLACE, library=str(shop.album.plain_folder), pagination=2)
    (shop.work / "pelicanconf.py").write_text(settings)
    for number, album in enumerate(ALBUMS, 1):
        own = _jpegs(album)
        pictures = "\n".join(f"![{each.title}]({{lightbox}}{each.plain_path})" for each in own)
        cover = f"Image: {{photo}}{own[0].plain_path}"
        head = f"Title: {album}\nDate: 2025-03-{number:02}\n{cover}\n"
        (content / f"{number}.md").write_text(f"{head}\n{pictures}\n")
    shop.run("pelican", "-q", "-o", str(shop.site), "-s", "pelicanconf.py", "content")


_MKDOCS_NEEDS = Needs(
    pip=("mkdocs-image-gallery-plugin==1.3.0", "mkdocs==1.6.1", "mkdocs-glightbox==0.5.2")
)
GALLERIES = (
    Gallery(
        "photog",
        "Photog!, originals linked, larger copies beside",
        Needs(pip=("photog==3.0.0",)),
        _photog,
    ),
    Gallery(
        "simplegals",
        "simpleGals, pages of 20, detail pages",
        Needs(pip=("simplegals==0.6.1",)),
        _simplegals,
        further=r"/(index|page-\d+)\.html\?$",
    ),
    Gallery(
        "simple-photo-gallery",
        "Simple Photo Gallery, one page",
        Needs(pip=("simple-photo-gallery==1.5.7", "setuptools<80"), apt=("ffmpeg",)),
        _simple_photo_gallery,
    ),
    Gallery("prosopopee", "prosopopee, theme exposure", _PROSOPOPEE, _prosopopee("exposure")),
    Gallery(
        "prosopopee-material", "prosopopee, theme material", _PROSOPOPEE, _prosopopee("material")
    ),
    Gallery(
        "mikula",
        "mikula, albums below each other, shrunk",
        Needs(pip=("mikula==0.33",)),
        _mikula,
        start="/gallery/index.html",
    ),
    Gallery("mkdocs", "MkDocs, image gallery on one page", _MKDOCS_NEEDS, _mkdocs(separate=False)),
    Gallery(
        "mkdocs-categories",
        "MkDocs, image gallery, a page for each category",
        _MKDOCS_NEEDS,
        _mkdocs(separate=True),
    ),
    Gallery(
        "sphinx",
        "Sphinx, thumbnails of sphinxcontrib-images",
        Needs(pip=("sphinxcontrib-images==1.0.1", "sphinx==8.1.3")),
        _sphinx,
    ),
    Gallery(
        "pelican",
        "Pelican, photos in articles",
        Needs(pip=("pelican-photos==1.6.2", "pelican[markdown]==4.11.0", "pillow<12")),
        _pelican,
        further=r"\d*\.html\?$",
    ),
)
