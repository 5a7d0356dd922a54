"""Sizes and rates as people write them: ``500 MB``, ``10 GB``."""

import re
from decimal import Decimal

from spiders_project.errors import WrongInput

_FACTORS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_FACTORS |= {"KIB": 2**10, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40}
_SIZE = re.compile(r"\s*(\d{1,15}(?:\.\d{1,15})?)\s*([KMGT]?I?B|)\s*", re.IGNORECASE)


def parse_size(text: str | float, name: str = "size") -> int:
    """Return a size in bytes; raises WrongInput that names what it was given for."""
    match = _SIZE.fullmatch(str(text))
    if match is None or match[2].upper() not in _FACTORS:
        raise WrongInput(f"{name}={text} is no size such as 500 MB or 10 GB")
    return round(Decimal(match[1]) * _FACTORS[match[2].upper()])
