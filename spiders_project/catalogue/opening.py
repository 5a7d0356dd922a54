"""Opens the catalogue that CATALOGUE_URL names, and rebuilds one that is damaged."""

from sqlalchemy import Engine

from spiders_project.catalogue.database import open_database, parse_url


def open_catalogue(text: str) -> Engine:
    """Open a catalogue; raises CannotStart, WrongInput."""
    return open_database(parse_url(text))
