"""The pixels that a decoder may be asked to unpack."""

from spiders_project.media.refusal import PictureRefused
from spiders_project.outcomes import Reason


class PixelBudget:
    """Counts the pixels of a picture, all frames together, before they are unpacked."""

    def __init__(self, max_pixels: int) -> None:
        self._left = max_pixels

    def take(self, width: int, height: int, frames: int = 1) -> None:
        """Count pixels; raises PictureRefused for a decompression bomb."""
        if width * height * frames > self._left:
            raise PictureRefused(
                Reason.DECOMPRESSION_BOMB, f"{frames} x {width}x{height} pixels are too many"
            )
        self._left -= width * height * frames
