"""Finds the IPTC records among the image resources of Photoshop (its file formats, "8BIM")."""

_SIGNATURE = b"8BIM"
_IPTC = 0x0404


def iptc_records(resources: bytes | None) -> bytes | None:
    """Return the records of the Information Interchange Model, None where there are none."""
    at = 0
    while resources and resources[at : at + 4] == _SIGNATURE:
        kind = int.from_bytes(resources[at + 4 : at + 6])
        name_bytes = resources[at + 6] + 1 if at + 6 < len(resources) else 0
        size_at = at + 6 + name_bytes + name_bytes % 2
        size = int.from_bytes(resources[size_at : size_at + 4])
        if kind == _IPTC:
            return resources[size_at + 4 : size_at + 4 + size]
        at = size_at + 4 + size + size % 2
    return None
