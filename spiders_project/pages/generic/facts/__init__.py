"""What a page says of its pictures: title, tags, author, licence, date, description, category."""

from spiders_project.pages.generic.facts.parts import facts_of_block
from spiders_project.pages.generic.facts.whole import facts_of

__all__ = ["facts_of", "facts_of_block"]
