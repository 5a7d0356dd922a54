"""Recognises what is shown in place of pictures: "image removed", "log in to see this"."""

DIFFERENT_TITLES = 5


def is_placeholder(titles: int, places: int, different_titles: int = DIFFERENT_TITLES) -> bool:
    """Tell whether the same bytes, found at some places with a title, stand for other pictures.

    ``titles`` is how many of the titles at those ``places`` are different. A picture that is on
    many pages keeps its title there, or has a few; a placeholder has a new one at nearly every
    place, for each is that of a picture which it hides.
    """
    return titles >= different_titles and 2 * titles > places
