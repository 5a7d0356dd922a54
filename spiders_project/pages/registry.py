"""Finds the sites that are known: every file in ``pages/sites`` declares one."""

import hashlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from spiders_project.errors import WrongInput
from spiders_project.pages import sites
from spiders_project.pages.base import Site
from spiders_project.pages.generic.gallery import gallery_at
from spiders_project.urls import origin_of

_REQUIRED = ("label", "root", "hosts", "verified", "listing_address", "card_link", "picture")
_private: dict[str, type[Site]] = {}


def known_sites() -> Mapping[str, type[Site]]:
    """Return the site classes by name, in order of their names; works from a zipped egg too."""
    return dict(sorted({**_shipped_sites(), **_private}.items()))


@cache
def _shipped_sites() -> Mapping[str, type[Site]]:
    found: dict[str, type[Site]] = {}
    for module in pkgutil.iter_modules(sites.__path__, sites.__name__ + "."):
        found |= _sites_in(import_module(module.name))
    return found


def add_folder(folder: Path) -> None:
    """Make the site files of a folder known, before the shipped ones of the same name.

    Raises WrongInput where the folder does not exist, or a file in it does not load.
    """
    if not folder.is_dir():
        raise WrongInput(f"SITES_DIR={folder} is no folder")
    for file in sorted(folder.glob("*.py")):
        found = _sites_in_file(file)
        _check_declarations(file, found)
        _private.update(found)


def site_in_file(file: Path) -> type[Site]:
    """Return the site that a file declares, without making it known.

    Raises WrongInput where the file does not load, or declares no site.
    """
    found = _sites_in_file(file)
    if not found:
        raise WrongInput(f"the site file {file} declares no site")
    _check_declarations(file, found)
    return next(iter(found.values()))


def _sites_in_file(file: Path) -> dict[str, type[Site]]:
    spec = spec_from_file_location(f"private_site_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # whatever a person's file raises is their error
        reason = f"{type(error).__name__}: {error}"
        raise WrongInput(f"the site file {file} does not load: {reason}") from error
    return _sites_in(module)


def _sites_in(module: ModuleType) -> dict[str, type[Site]]:
    """Return the sites that a file declares; a class without a name is there for others."""
    classes = [value for value in vars(module).values() if isinstance(value, type)]
    sites = [
        value
        for value in classes
        if issubclass(value, Site) and value.__module__ == module.__name__
    ]
    for site in sites:
        site.revision = _revision(module)
    return {site.name: site for site in sites if hasattr(site, "name")}


def _revision(module: ModuleType) -> str:
    """Return a digest of a site file; what it read may change with it."""
    loader = module.__spec__.loader if module.__spec__ else None
    source = loader.get_source(module.__name__) if isinstance(loader, InspectLoader) else None
    return hashlib.sha256((source or "").encode()).hexdigest()[:8]


def _check_declarations(file: Path, sites: Mapping[str, type[Site]]) -> None:
    for name, site in sites.items():
        if missing := [each for each in _REQUIRED if not hasattr(site, each)]:
            raise WrongInput(f"the site file {file}: {name} does not declare {missing[0]}")


def find_site(name_or_address: str) -> type[Site]:
    """Return the site with this name, or the one whose host an address has.

    An address that no site file reads is that of a gallery which is read as it
    is. Raises WrongInput with a sentence that lists what is known.
    """
    by_name = known_sites()
    if name_or_address in by_name:
        return by_name[name_or_address]
    known = ", ".join(by_name)
    if "://" not in name_or_address:
        raise WrongInput(
            f"site={name_or_address} is not known; known sites: {known}; "
            "any other gallery is read by its address, https://..."
        )
    netloc = origin_of(name_or_address).partition("://")[2]
    if not netloc:
        raise WrongInput(f"site={name_or_address} is no http or https address with a host")
    for site in by_name.values():
        if netloc in site.hosts:
            return site
    return gallery_at(name_or_address)
