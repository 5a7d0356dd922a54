"""Reads what Nuxt writes down: flat lists, and functions that are handed their texts."""

from spiders_project.pages.generic.data.literals import Value


def hydrated(value: Value) -> Value:
    """Return what the flat list of Nuxt 3 (devalue) holds: numbers in it point to its places."""
    if not isinstance(value, list) or not value:
        return value
    made: dict[int, Value] = {}
    for at, item in enumerate(value):
        if isinstance(item, dict):
            made[at] = {}
        elif isinstance(item, list):
            made[at] = []
        else:
            made[at] = item
    inside: set[int] = set()
    for at, item in enumerate(value):
        holder = made[at]
        if isinstance(item, dict) and isinstance(holder, dict):
            for key, place in item.items():
                if (isinstance(place, int) and place > at and place not in inside | {-1}) or (
                    isinstance(place, int)
                    and not isinstance(value[place % len(value)], (dict, list))
                ):
                    holder[key] = made.get(place)
        elif isinstance(item, list) and isinstance(holder, list):
            holder += [made.get(place) for place in item if isinstance(place, int) and place > at]
    return made[0]
