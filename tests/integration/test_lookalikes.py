"""Pictures that look the same are kept and marked; those that stand for others, too."""

from io import BytesIO

import numpy as np
from PIL import Image

from tests.conftest import RunCrawl
from tests.gallery import Gallery

_SIZE = (640, 400)


def _photo(seed: int) -> Image.Image:
    chance = np.random.default_rng(seed)
    ground = Image.fromarray(chance.integers(0, 255, (9, 16, 3), dtype=np.uint8))
    return ground.resize(_SIZE, Image.Resampling.BICUBIC)


def _encoded(image: Image.Image, picture_format: str = "JPEG", quality: int = 90) -> bytes:
    buffer = BytesIO()
    image.save(buffer, picture_format, quality=quality)
    return buffer.getvalue()


def test_a_resized_and_a_re_encoded_picture_are_similar_and_the_larger_is_recommended(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    photo = _photo(1)
    bodies = {
        "small": _encoded(photo.resize((320, 200))),
        "large": _encoded(photo),
        "again": _encoded(photo, "WEBP", 60),
        "other": _encoded(_photo(2)),
    }
    pages = []
    for name, body in bodies.items():
        address = gallery.put(f"/{name}.jpg", body, "image/jpeg")
        pages.append(gallery.put_detail(f"/{name}.html", name, address))
    gallery.put_listing(pages)

    run = crawl_gallery(PICTURES_IN_FLIGHT=1, CONCURRENT_REQUESTS=1)

    images = {item["title"]: item["images"][0] for item in run.feed}
    assert run.status == 0, run.stderr
    alike = {"small", "large", "again"}
    statuses = sorted(images[name]["status"] for name in alike)
    assert statuses == ["downloaded", "similar", "similar"]
    paths = {images[name]["path"] for name in alike}
    assert {images[name]["similar_to"] for name in alike if images[name]["similar_to"]} <= paths
    assert (images["other"]["status"], images["other"]["similar_to"]) == ("downloaded", None)
    assert all((run.output / "images" / path).exists() for path in paths)

    again = crawl_gallery(OUTPUT_DIR=run.output)
    recommended = {item["title"]: item["images"][0]["is_recommended"] for item in again.feed}
    assert recommended == {"small": False, "large": True, "again": False, "other": True}
    assert {item["images"][0]["status"] for item in again.feed} == {"unchanged"}


def test_a_picture_behind_many_titles_is_marked_as_a_placeholder(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    removed, shared = _encoded(_photo(3)), _encoded(_photo(4))
    pages = []
    for number in range(6):
        address = gallery.put(f"/removed/{number}.jpg", removed, "image/jpeg")
        pages.append(gallery.put_detail(f"/a{number}.html", f"title {number}", address))
        address = gallery.put(f"/shared/{number}.jpg", shared, "image/jpeg")
        pages.append(gallery.put_detail(f"/b{number}.html", "one title", address))
    gallery.put_listing(pages)

    run = crawl_gallery()
    again = crawl_gallery(OUTPUT_DIR=run.output)

    marks: dict[str, set[bool]] = {}
    for item in again.feed:
        kind = "one" if item["title"] == "one title" else "many"
        marks.setdefault(kind, set()).add(item["images"][0]["is_placeholder"])
    assert marks == {"one": {False}, "many": {True}}
    assert any(item["images"][0]["is_placeholder"] for item in run.feed)
