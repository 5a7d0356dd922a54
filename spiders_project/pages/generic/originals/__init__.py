"""Finds the original of a picture: every address at which it may lie, and which is the largest."""

from spiders_project.pages.generic.originals.blocks import candidates_of
from spiders_project.pages.generic.originals.names import variants_of_name
from spiders_project.pages.generic.originals.probing import Probed, best_of, dimensions_of
from spiders_project.pages.generic.originals.ranking import ranked
from spiders_project.pages.generic.originals.scripts import pictures_in_scripts, pictures_in_texts
from spiders_project.pages.generic.originals.structured import pictures_in_json_ld
from spiders_project.pages.generic.originals.whole_page import candidates_of_page
from spiders_project.pages.generic.spelling.sameness import same_picture

__all__ = [
    "Probed",
    "best_of",
    "candidates_of",
    "candidates_of_page",
    "dimensions_of",
    "pictures_in_json_ld",
    "pictures_in_scripts",
    "pictures_in_texts",
    "ranked",
    "same_picture",
    "variants_of_name",
]
