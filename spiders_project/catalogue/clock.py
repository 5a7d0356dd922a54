"""Times as the catalogue keeps them."""

from datetime import UTC, datetime, timedelta


def now() -> str:
    """Return the time, ISO 8601 in UTC, with seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def after(time: str, **amount: float) -> str:
    """Return the time some days, hours or seconds after another one."""
    return (datetime.fromisoformat(time) + timedelta(**amount)).isoformat(timespec="seconds")
