"""Finds the sites that are known: every file in ``pages/sites`` declares one."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from spiders_project.errors import WrongInput
from spiders_project.pages import sites
from spiders_project.pages.base import Site
from spiders_project.urls import origin_of


@cache
def known_sites() -> Mapping[str, type[Site]]:
    """Return the site classes by name, in order of their names; works from a zipped egg too."""
    found: dict[str, type[Site]] = {}
    for module in pkgutil.iter_modules(sites.__path__, sites.__name__ + "."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Site) and value is not Site:
                found[value.name] = value
    return dict(sorted(found.items()))


def find_site(name_or_address: str) -> type[Site]:
    """Return the site with this name, or the one whose host an address has.

    Raises WrongInput with a sentence that lists what is known.
    """
    by_name = known_sites()
    if name_or_address in by_name:
        return by_name[name_or_address]
    known = ", ".join(by_name)
    if "://" not in name_or_address:
        raise WrongInput(f"site={name_or_address} is not known; known sites: {known}")
    netloc = origin_of(name_or_address).partition("://")[2]
    if not netloc:
        raise WrongInput(f"site={name_or_address} is no http or https address with a host")
    for site in by_name.values():
        if netloc in site.hosts:
            return site
    raise WrongInput(
        f"site={name_or_address}: no site file reads {netloc} yet; known sites: {known}"
    )
