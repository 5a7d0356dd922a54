"""Times as the catalogue keeps them."""

from datetime import UTC, datetime, timedelta


def now() -> str:
    """Return the time, ISO 8601 in UTC, with seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def after(time: str, **amount: float) -> str:
    """Return the time some days, hours or seconds after another one, at most the last there is."""
    try:
        result = datetime.fromisoformat(time) + timedelta(**amount)
    except OverflowError:
        result = datetime.max.replace(tzinfo=UTC)
    return result.isoformat(timespec="seconds")
