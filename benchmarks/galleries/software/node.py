"""Generators from npm."""

import json
import shutil
from collections.abc import Callable, Sequence

from benchmarks.galleries.gallery import Build, Gallery
from benchmarks.galleries.known import ALBUMS, KNOWN, Known
from benchmarks.galleries.server import PLACE
from benchmarks.galleries.workshop import Needs, Workshop


def _thumbsup(*options: str) -> Build:
    def build(shop: Workshop) -> None:
        places = ("--input", str(shop.album.folder), "--output", str(shop.site))
        shop.run("thumbsup", *places, "--title", "Two journeys", "--log", "info", *options)

    return build


def _biiif(shop: Workshop) -> None:
    """Lay out folders as biiif wants them: manifests, and canvases with an underscore."""
    for each in KNOWN:
        album = each.album.rpartition("/")[2].lower()
        canvas = shop.site / album / f"_{each.plain_path.stem}"
        canvas.mkdir(parents=True)
        shutil.copy2(shop.album.plain_folder / each.plain_path, canvas)
        (canvas / "info.yml").write_text(f"label: {json.dumps(each.title, ensure_ascii=False)}\n")
    script = f"require('biiif').build({json.dumps(str(shop.site))}, {json.dumps(PLACE)})"
    shop.run("node", "-e", script, folder=shop.modules.parent)


_HEXO_SETTINGS = """title: Two journeys
url: {place}
root: /
permalink: :title/
language: en
timezone: UTC
theme: {theme}
per_page: {per_page}
index_generator: {{per_page: {per_page}, order_by: -date}}
archive_generator: {{per_page: 10}}
"""


def _hexo(theme: str, per_page: int, posts: Callable[[], Sequence[tuple[str, str]]]) -> Build:
    def build(shop: Workshop) -> None:
        written = shop.work / "source" / "_posts"
        written.mkdir(parents=True)
        shop.album.copy_flat(shop.work / "source" / "photos")
        for name, text in posts():
            (written / f"{name}.md").write_text(text)
        settings = _HEXO_SETTINGS.format(place=PLACE, theme=theme, per_page=per_page)
        (shop.work / "_config.yml").write_text(settings)
        package = json.loads((shop.modules.parent / "package.json").read_text())
        # By this it knows a folder of its own.
        package["hexo"] = {"version": ""}
        (shop.work / "package.json").write_text(json.dumps(package))
        # Hexo takes packages from a folder beside its settings only.
        (shop.work / "node_modules").symlink_to(shop.modules)
        program = str(shop.modules / "hexo" / "bin" / "hexo")
        shop.run("node", program, "generate", "--silent")
        shutil.move(shop.work / "public", shop.site)

    return build


def _album_posts() -> list[tuple[str, str]]:
    """Return a post for each album, with its pictures in the front matter."""
    return [
        (
            album.lower().replace("/", "-"),
            f"---\ntitle: {album}\ndate: 2025-03-{number:02} 10:00:00\nphotos:\n"
            + "".join(f"- /photos/{each.plain_name}\n" for each in _of(album))
            + "---\nPictures of a journey.\n",
        )
        for number, album in enumerate(ALBUMS, 1)
    ]


def _picture_posts() -> list[tuple[str, str]]:
    """Return a post for each picture, as wallpaper blogs have it."""
    return [(each.plain_path.stem.lower(), _picture_post(each)) for each in KNOWN]


def _picture_post(each: Known) -> str:
    return (
        f"---\ntitle: {json.dumps(each.title, ensure_ascii=False)}\n"
        f"date: 2025-03-01 10:{each.number:02}:00\ntags: [{each.album.rpartition('/')[2]}]\n"
        f"categories: [{each.album.partition('/')[0]}]\n---\n"
        f"![{each.title}](/photos/{each.plain_name})\n\nTaken by {each.author}.\n"
    )


def _tag_posts() -> list[tuple[str, str]]:
    """Return a post for each album, with the gallery tag of the theme."""
    return [
        (
            album.lower().replace("/", "-"),
            f"---\ntitle: {album}\ndate: 2025-03-{number:02} 10:00:00\n---\n{{% gallery %}}\n"
            + "".join(f"![{each.title}](/photos/{each.plain_name})\n" for each in _of(album))
            + "{% endgallery %}\n",
        )
        for number, album in enumerate(ALBUMS, 1)
    ]


def _of(album: str) -> list[Known]:
    return [each for each in KNOWN if each.album == album]


_ELEVENTY = """
import {{ eleventyImageTransformPlugin }} from "@11ty/eleventy-img";
export default function (config) {{
  config.addPlugin(eleventyImageTransformPlugin, {{
    formats: {formats}, widths: {widths},
    htmlOptions: {{imgAttributes: {{loading: "lazy", sizes: "33vw"}}}},
  }});
}}
"""


def _eleventy(formats: Sequence[str], widths: Sequence[int]) -> Build:
    """Let the image plugin rewrite plain pages: several formats, several widths."""

    def build(shop: Workshop) -> None:
        source = shop.work / "source"
        shop.album.copy_flat(source / "photos")
        for album in ALBUMS:
            figures = "\n".join(
                f'<figure><img src="./photos/{each.plain_name}" alt="{each.title}"></figure>'
                for each in _of(album)
            )
            name = album.rpartition("/")[2].lower()
            (source / f"{name}.html").write_text(_in_page(album, figures))
        links = "".join(
            f'<li><a href="/{album.rpartition("/")[2].lower()}/">{album}</a></li>\n'
            for album in ALBUMS
        )
        (source / "index.html").write_text(_in_page("Two journeys", f"<ul>{links}</ul>"))
        words = {"formats": json.dumps(formats), "widths": json.dumps(widths)}
        (shop.work / "eleventy.config.mjs").write_text(_ELEVENTY.format(**words))
        (shop.work / "node_modules").symlink_to(shop.modules)
        program = str(shop.modules / "@11ty" / "eleventy" / "cmd.cjs")
        places = ("--input=source", f"--output={shop.site}", "--config=eleventy.config.mjs")
        shop.run("node", program, "--quiet", *places)

    return build


def _in_page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><nav><a href="/">Two journeys</a></nav><h1>{title}</h1>\n{body}\n</body></html>\n'
    )


_THUMBSUP = Needs(npm=("thumbsup@2.18.0",), apt=("libimage-exiftool-perl", "graphicsmagick"))
_HEXO = (
    "hexo@8.1.2",
    "hexo-generator-archive@2.0.0",
    "hexo-generator-category@2.0.0",
    "hexo-generator-index@4.0.0",
    "hexo-generator-tag@2.0.0",
    "hexo-renderer-ejs@2.0.0",
    "hexo-renderer-marked@7.0.1",
    "hexo-renderer-stylus@3.0.1",
)
_ELEVENTY_NEEDS = Needs(npm=("@11ty/eleventy@3.1.2", "@11ty/eleventy-img@6.0.4"))
GALLERIES = (
    Gallery(
        "thumbsup-cards",
        "thumbsup, theme cards, originals for download",
        _THUMBSUP,
        _thumbsup(
            "--theme", "cards", "--photo-download", "copy", "--albums-output-folder", "albums"
        ),
    ),
    Gallery(
        "thumbsup-classic",
        "thumbsup, theme classic, shrunk",
        _THUMBSUP,
        _thumbsup("--theme", "classic"),
    ),
    Gallery(
        "thumbsup-mosaic",
        "thumbsup, theme mosaic, originals shown and downloaded, by date",
        _THUMBSUP,
        _thumbsup("--theme", "mosaic", "--photo-download", "copy", "--photo-preview", "copy"),
    ),
    Gallery(
        "biiif",
        "biiif, IIIF Presentation 3, a collection of manifests",
        Needs(npm=("biiif@0.1.11",)),
        _biiif,
        start="/index.json",
    ),
    Gallery(
        "hexo-landscape",
        "Hexo, theme landscape, photos of posts",
        Needs(npm=(*_HEXO, "hexo-theme-landscape@1.1.0")),
        _hexo("landscape", 2, _album_posts),
        further=r"^/(page/\d+/)?index\.html\?$",
    ),
    Gallery(
        "hexo-next",
        "Hexo, theme NexT, a post for each picture, pages of 6",
        Needs(npm=(*_HEXO, "hexo-theme-next@8.23.0")),
        _hexo("next", 6, _picture_posts),
        further=r"^/(page/\d+/)?index\.html\?$",
    ),
    Gallery(
        "hexo-butterfly",
        "Hexo, theme Butterfly, its gallery tag",
        Needs(npm=(*_HEXO, "hexo-theme-butterfly@5.3.5", "hexo-renderer-pug@3.0.0")),
        _hexo("butterfly", 5, _tag_posts),
    ),
    Gallery(
        "eleventy",
        "Eleventy, its image plugin: AVIF and JPEG, widths up to 1200",
        _ELEVENTY_NEEDS,
        _eleventy(["avif", "jpeg"], [300, 600, 1200]),
    ),
    Gallery(
        "eleventy-webp",
        "Eleventy, its image plugin: WebP, widths up to that of the original",
        _ELEVENTY_NEEDS,
        _eleventy(["webp"], [320, 960, 1920, 4000]),
    ),
)
