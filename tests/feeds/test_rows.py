"""The CSV feed as a spreadsheet reads it: one row for each picture."""

import csv
import io
from typing import Any

import pytest

from spiders_project.feeds.rows import PictureRowsExporter
from spiders_project.items import Failure, PictureItem, StoredPicture


def written(*items: Any, **options: Any) -> str:
    file = io.BytesIO()
    exporter = PictureRowsExporter(file, **options)
    exporter.start_exporting()
    for item in items:
        exporter.export_item(item)
    exporter.finish_exporting()
    return file.getvalue().decode("utf-8")


def rows(*items: Any, **options: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(*items, **options), newline="")))


def picture(number: int, status: str = "downloaded", **changes: Any) -> StoredPicture:
    stored = StoredPicture(
        url=f"https://example.org/{number}.jpg",
        path=f"demo/sea/{number}.jpg",
        checksum="c" * 32,
        sha256="5" * 64,
        size_bytes=1000 + number,
        format="JPEG",
        width=1920,
        height=1080,
        phash=None,
        thumbnail=f"grid/demo/sea/{number}.jpg.jpg",
        status=status,
        duplicate_of=None,
        similar_to=None,
        is_recommended=True,
        is_placeholder=False,
        frames=1,
        colours=[],
        metadata={},
        trailing_bytes=0,
        opt_outs=[],
    )
    return StoredPicture(**{**stored, **changes})  # type: ignore[typeddict-item]


def item(*pictures: StoredPicture, **fields: Any) -> PictureItem:
    values: dict[str, Any] = {
        "site": "demo",
        "category": "sea",
        "title": '海浪, "waves"\nat night',
        "page_url": "https://example.org/1.html",
        "image_urls": ["https://example.org/1.jpg"],
        "images": list(pictures),
        "tags": ["sea", "夜"],
        "author": "A. Person",
    }
    return PictureItem(**{**values, **fields})


def test_each_picture_is_a_row() -> None:
    read = rows(item(picture(1), picture(2)), item(picture(3)))
    assert [row["path"] for row in read] == [f"demo/sea/{number}.jpg" for number in (1, 2, 3)]


def test_row_holds_the_item_and_the_picture() -> None:
    (row,) = rows(item(picture(1)))
    assert row["title"] == '海浪, "waves"\nat night'
    assert row["site"] == "demo"
    assert row["page_url"] == "https://example.org/1.html"
    assert row["author"] == "A. Person"
    assert row["status"] == "downloaded"
    assert row["url"] == "https://example.org/1.jpg"
    assert (row["width"], row["height"], row["size_bytes"]) == ("1920", "1080", "1001")
    assert (row["format"], row["sha256"], row["checksum"]) == ("JPEG", "5" * 64, "c" * 32)
    assert row["thumbnail"] == "grid/demo/sea/1.jpg.jpg"


def test_list_is_words_with_semicolons() -> None:
    (row,) = rows(item(picture(1)))
    assert row["tags"] == "sea; 夜"


@pytest.mark.parametrize("column", ["license", "published", "phash", "duplicate_of", "reason"])
def test_what_is_not_known_is_empty(column: str) -> None:
    (row,) = rows(item(picture(1)))
    assert row[column] == ""


def test_duplicate_names_the_first_place() -> None:
    same = picture(1, status="duplicate", duplicate_of="demo/sea/1.jpg")
    read = rows(item(picture(1)), item(same))
    assert [row["status"] for row in read] == ["downloaded", "duplicate"]
    assert read[1]["duplicate_of"] == "demo/sea/1.jpg"


def test_failure_is_a_row_with_its_reason() -> None:
    lost = Failure(url="https://example.org/2.jpg", outcome="failed", reason="http-404")
    read = rows(item(picture(1), failures=[lost]))
    assert [row["status"] for row in read] == ["downloaded", "failed"]
    assert read[1]["reason"] == "http-404"
    assert read[1]["url"] == "https://example.org/2.jpg"
    assert read[1]["title"] == read[0]["title"]
    assert read[1]["path"] == ""


def test_columns_are_the_same_whatever_comes_first() -> None:
    lost = Failure(url="https://example.org/2.jpg", outcome="failed", reason="dns")
    headers = {
        written(*items).splitlines()[0]
        for items in ([item(picture(1))], [item(failures=[lost])], [item(failures=[lost], tags=[])])
    }
    assert len(headers) == 1
    assert not {"images", "image_urls", "failures"} & set(headers.pop().split(","))


def test_header_stands_once() -> None:
    assert written(item(picture(1)), item(picture(2))).count("page_url") == 1


def test_chosen_columns_are_written_in_their_order() -> None:
    text = written(item(picture(1)), fields_to_export=["status", "path", "tags"])
    assert text.splitlines() == ["status,path,tags", "downloaded,demo/sea/1.jpg,sea; 夜"]


def test_columns_may_be_renamed() -> None:
    (row,) = rows(item(picture(1)), fields_to_export={"path": "file", "width": "pixels"})
    assert row == {"file": "demo/sea/1.jpg", "pixels": "1920"}


def test_item_of_another_spider_is_one_row() -> None:
    read = rows({"url": "https://example.org/", "status": 200, "hops": ["a", 1]})
    assert read == [{"url": "https://example.org/", "status": "200", "hops": "a; 1"}]


def test_item_with_pictures_and_without_failures_is_written() -> None:
    (row,) = rows({"title": "sunset", "images": [picture(1)]})
    assert row["path"] == "demo/sea/1.jpg"
    assert row["title"] == "sunset"
