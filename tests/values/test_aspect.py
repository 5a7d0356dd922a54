"""Shapes of pictures."""

import pytest

from spiders_project.errors import WrongInput
from spiders_project.values.aspect import Aspect

SHAPES = [
    ("portrait", (1080, 1920), True),
    ("portrait", (1920, 1080), False),
    ("portrait", (1000, 1000), False),
    ("portrait", (999, 1000), True),
    ("landscape", (1920, 1080), True),
    ("landscape", (1000, 1000), False),
    ("square", (1000, 1000), True),
    ("square", (1, 1), True),
    ("square", (1000, 2000), False),
    ("16:9", (1920, 1080), True),
    ("16:9", (3840, 2160), True),
    ("16:9", (1366, 768), True),
    ("16:9", (1080, 1920), False),
    ("16:9", (1920, 1200), False),
    ("9:16", (1080, 1920), True),
    ("16:10", (1920, 1200), True),
    ("1920:1080", (1280, 720), True),
    ("1:1", (1000, 1015), True),
    ("1:1", (1000, 1030), False),
    ("21:9", (2560, 1080), True),
    ("1:9999", (1, 9999), True),
]


@pytest.mark.parametrize(("text", "size", "matches"), SHAPES)
def test_tells_shapes(text: str, size: tuple[int, int], matches: bool) -> None:
    assert Aspect(text).matches(*size) is matches


@pytest.mark.parametrize(
    "text",
    ["", "wide", "Portrait", "16x9", "16/9", "0:9", "16:0", "-16:9", "16:9 ", "16:9:1", "1.6:1"],
)
def test_words_that_mean_no_shape_are_a_sentence(text: str) -> None:
    with pytest.raises(WrongInput, match="is neither portrait, landscape, square nor a ratio"):
        Aspect(text)
