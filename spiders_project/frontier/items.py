"""Items as text, for the feed of a crawl that another process will finish."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

from itemadapter import ItemAdapter
from scrapy.utils.misc import load_object
from scrapy.utils.serialize import ScrapyJSONEncoder

_encoder = ScrapyJSONEncoder(ensure_ascii=False)


def to_text(item: Any) -> str:
    """Return an item as JSON, with the name of its class."""
    kind = type(item)
    name = f"{kind.__module__}.{kind.__qualname__}"
    # The fields of a dataclass are at hand; the encoder knows what lies in them.
    values = vars(item) if is_dataclass(item) else ItemAdapter(item).asdict()
    text = _encoder.encode({"class": name, "values": values})
    # Half a surrogate pair, which broken pages contain, is no UTF-8; JSON can escape it.
    return text.encode("utf-8", "backslashreplace").decode()


def from_text(text: str) -> Any:
    """Return the item again; a dict where its class is not there any more."""
    kept = json.loads(text)
    values: dict[str, Any] = kept["values"]
    try:
        kind: Any = load_object(kept["class"])
    except (ImportError, NameError, ValueError):
        return values
    if is_dataclass(kind):
        known = {field.name for field in fields(kind)}
        values = {name: value for name, value in values.items() if name in known}
    make: Any = kind
    return make(**values)
