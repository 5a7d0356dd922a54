"""HTTP answers with validators: entity tags, dates, and 304 for what the client already has."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time

from aiohttp import web

from .markup import Page


def page_answer(request: web.Request, page: Page | None) -> web.Response:
    """Answer with a page, or 404 where there is none."""
    if page is None:
        raise web.HTTPNotFound
    return answer(request, page.body, page.content_type)


def answer(
    request: web.Request,
    body: bytes,
    content_type: str,
    digest: str | None = None,
    published: date | None = None,
) -> web.Response:
    """Answer with a body unless the client's own copy is still good."""
    tag = (digest or hashlib.sha256(body).hexdigest())[:24]
    changed = datetime.combine(published, time(9), UTC) if published else None
    fresh = _is_fresh(request, tag, changed)
    response = web.Response(status=304 if fresh else 200, body=None if fresh else body)
    response.etag = tag
    if changed:
        response.last_modified = changed
    if not fresh:
        response.headers["Content-Type"] = content_type
    return response


def _is_fresh(request: web.Request, tag: str, changed: datetime | None) -> bool:
    """Tell whether the request's conditions allow a 304; an entity tag outranks a date."""
    known = request.if_none_match
    if known is not None:
        return any(entity.value in (tag, "*") for entity in known)
    since = request.if_modified_since
    return bool(since and changed and changed <= since)
