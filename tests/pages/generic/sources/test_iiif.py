"""IIIF documents: which address is the original, and what they say of it."""

import json
from typing import Any

import pytest

from spiders_project.pages.generic.sources import read_source
from spiders_project.pages.generic.sources.iiif_image import Service, whole_picture
from spiders_project.pages.generic.values import Clue, Kind
from spiders_project.pages.page import Page
from tests.pages.generic.sources.documents import firsts, saved, urls

V2 = "https://museum.example/iiif/ms-17/manifest"
V3 = "https://museum.example/iiif/vase/manifest.json"


def document(value: Any, url: str = V3) -> Page:
    return Page(url, json.dumps(value).encode())


def test_asks_the_service_for_the_whole_where_a_manifest_shows_less() -> None:
    reading = read_source("iiif", saved("iiif/manifest-2.json", V2))
    assert urls(reading.pictures[0]) == [
        "https://images.museum.example/ms-17_1/full/full/0/default.jpg",
        "https://images.museum.example/ms-17_1/full/max/0/default.jpg",
        "https://images.museum.example/ms-17_1/full/!800,800/0/default.jpg",
    ]
    whole, _, small = reading.pictures[0].candidates
    assert (whole.width, whole.height, whole.clue) == (4000, 6000, Clue.MANIFEST)
    assert small.is_preview


def test_takes_the_default_of_a_choice() -> None:
    reading = read_source("iiif", saved("iiif/manifest-2.json", V2))
    assert urls(reading.pictures[1]) == [
        "https://images.museum.example/ms-17_2/full/full/0/native.jpg"
    ]


def test_reads_the_facts_of_version_2() -> None:
    facts = read_source("iiif", saved("iiif/manifest-2.json", V2)).pictures[0].facts
    assert facts.title == "Book of Hours, f. 1r"
    assert facts.category == "Book of Hours"
    assert facts.author == "Master of the Leaves, Workshop"
    assert facts.license == "https://creativecommons.org/publicdomain/mark/1.0/"
    assert facts.published == "1450"
    assert facts.description == "Prayer book with calendar"
    assert facts.tags == ("Prayer", "Calendar", "January")


def test_reads_version_3_with_static_tiles_and_plain_files() -> None:
    reading = read_source("iiif", saved("iiif/manifest-3.json", V3))
    assert firsts(reading) == [
        "https://museum.example/tiles/vase-1/full/max/0/default.jpg",
        "https://museum.example/files/vase-2.png",
    ]
    assert reading.kinds == {Kind.LISTING}
    first, second = (picture.facts for picture in reading.pictures)
    assert first.title == "Vase with cranes, 1"
    assert second.title == "The crane"
    assert (second.author, second.published) == ("Kakiemon", "1760-01-01T00:00:00+00:00")
    assert second.license == "http://creativecommons.org/licenses/by-sa/4.0/"
    assert second.description == "Porcelain, painted"


def test_a_single_canvas_is_called_as_its_manifest() -> None:
    told = json.loads(saved("iiif/manifest-3.json", V3).text)
    told["items"] = told["items"][:1]
    reading = read_source("iiif", document(told))
    assert reading.pictures[0].facts.title == "Vase with cranes"
    assert reading.kinds == {Kind.DETAIL}


def test_a_body_that_is_only_the_service_becomes_a_request() -> None:
    told = json.loads(saved("iiif/manifest-3.json", V3).text)
    body = told["items"][0]["items"][0]["items"][0]["body"]
    body["id"] = "https://museum.example/tiles/vase-1"
    reading = read_source("iiif", document(told))
    assert firsts(reading)[0] == "https://museum.example/tiles/vase-1/full/max/0/default.jpg"


def test_a_collection_leads_to_its_manifests_and_its_next_page() -> None:
    reading = read_source(
        "iiif",
        document(
            {
                "@context": "http://iiif.io/api/presentation/2/context.json",
                "@id": "https://museum.example/iiif/all?page=1",
                "@type": "sc:Collection",
                "label": "All",
                "next": "https://museum.example/iiif/all?page=2",
                "collections": [
                    {"@id": "https://museum.example/iiif/maps", "@type": "sc:Collection"}
                ],
                "manifests": [{"@id": V2, "@type": "sc:Manifest", "label": "Book"}],
            }
        ),
    )
    assert [source.url for source in reading.sources] == [V2, "https://museum.example/iiif/maps"]
    assert all(source.kind == "iiif" and source.is_complete for source in reading.sources)
    assert reading.next_pages == ("https://museum.example/iiif/all?page=2",)
    assert reading.kinds == {Kind.ALBUMS}


def test_the_first_page_of_a_collection_without_members_is_next() -> None:
    told = {"@type": "sc:Collection", "@context": "http://iiif.io/api/presentation/2/context.json"}
    reading = read_source("iiif", document({**told, "first": "https://m.example/all?page=1"}))
    assert reading.next_pages == ("https://m.example/all?page=1",)


def test_reads_info_json() -> None:
    told = {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": "https://images.museum.example/map",
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": 6000,
        "height": 4000,
    }
    reading = read_source("data", document(told, "https://images.museum.example/map/info.json"))
    assert firsts(reading) == ["https://images.museum.example/map/full/max/0/default.jpg"]
    assert reading.pictures[0].candidates[0].width == 6000


@pytest.mark.parametrize(
    ("service", "paths"),
    [
        (Service("s", 1, 1), ["full/full/0/native.jpg"]),
        (Service("s", 2, 2), ["full/full/0/default.jpg", "full/max/0/default.jpg"]),
        (Service("s", 3, 1), ["full/max/0/default.jpg"]),
        (
            Service("s", 2, 2, width=9000, height=9000, most_width=2000),
            ["full/max/0/default.jpg", "full/full/0/default.jpg"],
        ),
        (
            Service("s", 2, 2, width=9000, height=9000, most_area=1_000_000),
            ["full/max/0/default.jpg", "full/full/0/default.jpg"],
        ),
        (
            Service("s", 3, 0, width=400, height=300, sizes=((200, 150), (400, 300))),
            ["full/max/0/default.jpg", "full/400,300/0/default.jpg"],
        ),
        (
            Service("s", 2, 0, width=4000, height=3000, sizes=((200, 150), (1000, 750))),
            [
                "full/1000,/0/default.jpg",
                "full/full/0/default.jpg",
                "full/max/0/default.jpg",
            ],
        ),
    ],
)
def test_asks_each_version_and_level_as_it_can_be_asked(service: Service, paths: list[str]) -> None:
    assert whole_picture(service) == [f"s/{path}" for path in paths]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"@context": "http://iiif.io/api/presentation/3/context.json", "items": 7}',
        b'{"type": "Manifest", "items": [{"type": "Canvas", "items": [{"items": [{"body": 7}]}]}]}',
        b'{"type": "Manifest", "label": [[]], "items": [{"type": "Canvas", "label": {"en": 3}}]}',
        b'{"type":"Manifest","items":' + b'[{"items":' * 5000,
    ],
)
def test_reads_nothing_in_broken_documents(body: bytes) -> None:
    assert read_source("iiif", Page(V3, body)).pictures == ()
