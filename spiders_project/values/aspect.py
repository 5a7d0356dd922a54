"""The shape of a picture: portrait, landscape, square, or a ratio such as 16:9."""

import re

from spiders_project.errors import WrongInput

_RATIO = re.compile(r"([1-9]\d{0,3}):([1-9]\d{0,3})")
_TOLERANCE = 0.02
"""Of the ratio: 1366x768 is 16:9 to everybody."""


class Aspect:
    """What shape is asked for; raises WrongInput for words that mean none."""

    def __init__(self, text: str) -> None:
        self.text = text
        match = _RATIO.fullmatch(text)
        if match is None and text not in ("portrait", "landscape", "square"):
            raise WrongInput(
                f"aspect={text} is neither portrait, landscape, square nor a ratio such as 16:9"
            )
        self._ratio = int(match[1]) / int(match[2]) if match else None

    def matches(self, width: int, height: int) -> bool:
        """Tell whether a picture of this many pixels, as displayed, has the shape."""
        if self._ratio is not None:
            return abs(width / height / self._ratio - 1) <= _TOLERANCE
        shapes = {"portrait": height > width, "landscape": width > height}
        return shapes.get(self.text, width == height)
