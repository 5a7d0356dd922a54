"""What the benchmark holds for the originals of a gallery, on small sites of real pictures."""

import io
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.errors import CannotMeasure
from benchmarks.galleries.known import KNOWN, Known
from benchmarks.galleries.pictures import Album
from benchmarks.galleries.server import PLACE, served_folder
from benchmarks.galleries.truth import Truth, find_truth

SHOWN = KNOWN[:3]


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    """Small pictures in the place of the known ones, each of a colour of its own."""
    folder = tmp_path_factory.mktemp("pictures")
    for known in KNOWN:
        file = folder / known.path
        file.parent.mkdir(parents=True, exist_ok=True)
        colour = (known.number * 6, 255 - known.number * 6, known.number * 37 % 256)
        size = (known.size[0] // 10, known.size[1] // 10)
        Image.new("RGB", size, colour).save(file, _format(known), quality=95)
    return Album(folder, folder)


def _format(known: Known) -> str:
    return {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[known.name.rsplit(".")[1].lower()]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path


def truth(site: Path, album: Album) -> Truth:
    with served_folder(site) as served:
        return find_truth([f"{served.url}/"], album, by_files=False)


def put(site: Path, album: Album, known: Known, name: str, width: int | None = None) -> None:
    """Lay a picture into a site, as it is or shrunk."""
    body = (album.folder / known.path).read_bytes()
    if width:
        image = Image.open(io.BytesIO(body)).convert("RGB")
        shrunk = io.BytesIO()
        image.resize((width, width * image.height // image.width)).save(shrunk, "JPEG", quality=95)
        body = shrunk.getvalue()
    (site / name).write_bytes(body)


def test_takes_the_largest_version_that_the_gallery_mentions(site: Path, album: Album) -> None:
    for number, known in enumerate(SHOWN):
        put(site, album, known, f"{number}.jpg")
        put(site, album, known, f"small-{number}.jpg", width=40)
    (site / "index.html").write_text(
        '<a href="0.jpg"><img src="small-0.jpg"></a> <img src="small-1.jpg">'
        '<script>var more = {"big": "2.jpg", "small": "small-2.jpg"};</script>'
    )

    found = truth(site, album)

    assert [offer.url for offer in found.offers] == ["/0.jpg", "/small-1.jpg", "/2.jpg"]
    assert found.resized == 1


def test_takes_no_picture_that_nobody_mentions(site: Path, album: Album) -> None:
    for number, known in enumerate(SHOWN):
        put(site, album, known, f"{number}.jpg")
    (site / "index.html").write_text('<img src="0.jpg"><a href="far.html">x</a>')
    (site / "far.html").write_text('<img src="1.jpg">')

    assert [offer.number for offer in truth(site, album).offers] == [1, 2]


def test_counts_pages_that_show_pictures_once(site: Path, album: Album) -> None:
    put(site, album, SHOWN[0], "0.jpg")
    (site / "index.html").write_text('<a href="detail.html">x</a> <a href="about.html">y</a>')
    (site / "detail.html").write_text('<img src="0.jpg">')
    (site / "about.html").write_text('nothing, <a href="copy.html">z</a>')
    (site / "copy.html").write_text('<img src="0.jpg">')

    assert truth(site, album).pages == 2


def test_calls_pictures_as_the_pages_do(site: Path, album: Album) -> None:
    put(site, album, SHOWN[0], "a.jpg")
    put(site, album, SHOWN[1], "b.jpg")
    (site / "index.html").write_text(f'<img src="a.jpg" alt="{SHOWN[0].title}"><img src="b.jpg">')

    titled, nameless = truth(site, album).offers

    assert titled.titles == [SHOWN[0].title]
    assert sorted(nameless.titles) == sorted(["b", SHOWN[1].title])


def test_follows_the_own_address_of_a_gallery(site: Path, album: Album) -> None:
    put(site, album, SHOWN[0], "0.jpg")
    (site / "index.html").write_text(f'<meta property="og:image" content="{PLACE}/0.jpg">')

    assert len(truth(site, album).offers) == 1


def test_refuses_a_gallery_without_known_pictures(site: Path, album: Album) -> None:
    (site / "index.html").write_text("<p>Nothing here yet.</p>")

    with pytest.raises(CannotMeasure, match="none of the known pictures"):
        truth(site, album)
