"""A new picture is compared with all that are stored, those of other processes too."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, select, update

from spiders_project.catalogue.picture import Picture
from spiders_project.catalogue.pictures import claim, note_similar
from spiders_project.catalogue.schema import FORGOTTEN, pictures
from spiders_project.catalogue.similar import SimilarPictures
from tests.catalogue import nothing_lies_there, open_catalogue, picture, transaction

_PRINT = "0123456789abcdef" * 4
_NEARLY = "0123456789abcdee" * 4
_FAR = "fedcba9876543210" * 4


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_catalogue(tmp_path / "catalogue.db")
    yield engine
    engine.dispose()


def _printed(text: str, phash: str | None, width: int = 100) -> Picture:
    return replace(picture(text), phash=phash, width=width, height=width)


def _compared(similar: SimilarPictures, connection: Connection, each: Picture) -> Picture:
    return similar.compared(connection, each).picture


def _stored(engine: Engine, each: Picture, path: str) -> None:
    with transaction(engine) as connection:
        claim(connection, each, path, "run", nothing_lies_there)


def test_a_picture_that_looks_like_a_stored_one_names_it(engine: Engine) -> None:
    old = _printed("red", _PRINT, width=100)
    _stored(engine, old, "demo/red.jpg")
    with transaction(engine) as connection:
        compared = _compared(SimilarPictures(), connection, _printed("blue", _NEARLY, width=50))
    assert compared.similar_to == old.sha256
    assert compared.similar_path == "demo/red.jpg"
    assert compared.distance_bits == 3
    assert not compared.is_recommended


def test_a_picture_like_no_other_is_left_as_it_is(engine: Engine) -> None:
    _stored(engine, _printed("red", _PRINT), "demo/red.jpg")
    similar = SimilarPictures()
    with transaction(engine) as connection:
        for phash in (_FAR, None):
            new = _printed("blue", phash)
            assert _compared(similar, connection, new) == new


def test_what_comes_later_is_taken_in(engine: Engine) -> None:
    similar = SimilarPictures()
    with transaction(engine) as connection:
        assert _compared(similar, connection, _printed("blue", _PRINT)).similar_to is None
    _stored(engine, _printed("red", _PRINT), "demo/red.jpg")
    with transaction(engine) as connection:
        assert (
            _compared(similar, connection, _printed("blue", _PRINT)).similar_path == "demo/red.jpg"
        )


def test_a_picture_is_not_like_itself_nor_like_a_forgotten_one(engine: Engine) -> None:
    red = _printed("red", _PRINT)
    _stored(engine, red, "demo/red.jpg")
    similar = SimilarPictures()
    with transaction(engine) as connection:
        assert _compared(similar, connection, red).similar_to is None
        connection.execute(update(pictures).values(state=FORGOTTEN))
        assert _compared(similar, connection, _printed("blue", _PRINT)).similar_to is None


def test_the_larger_of_two_is_recommended_whichever_came_first(engine: Engine) -> None:
    small, large = _printed("red", _PRINT, width=100), _printed("blue", _NEARLY, width=200)
    _stored(engine, small, "demo/small.jpg")
    with transaction(engine) as connection:
        compared = _compared(SimilarPictures(), connection, large)
        claim(connection, compared, "demo/large.jpg", "run", nothing_lies_there)
        note_similar(connection, compared, [small.sha256])
        rows = connection.execute(select(pictures.c.path, pictures.c.is_recommended)).all()
    assert sorted(rows) == [("demo/large.jpg", True), ("demo/small.jpg", False)]
