"""The catalogue as the parts of one crawler see it."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from spiders_project.catalogue.database import open_reader
from spiders_project.catalogue.worker import Worker

_P = ParamSpec("_P")
_T = TypeVar("_T")


class CatalogueFailed(Exception):
    """The catalogue could not be read or written: a full disk, a lock that does not end."""


class Catalogue:
    """An open catalogue and the run that writes to it.

    The functions of this room take a connection; ``do`` runs them in the
    catalogue's thread and returns when what they wrote is committed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._worker = Worker(engine)
        self._reader: Connection | None = None
        self.run = ""
        """The run of this process, once it has begun."""
        self.has_failed = False
        """From then on nothing may be called done any more."""
        self._listeners: list[Callable[[CatalogueFailed], None]] = []

    def listen(self, listener: Callable[[CatalogueFailed], None]) -> None:
        """Call a function when the catalogue fails for the first time."""
        self._listeners.append(listener)

    async def do(
        self, function: Callable[Concatenate[Connection, _P], _T], *args: _P.args, **kw: _P.kwargs
    ) -> _T:
        """Return what a function of this room returns; raises CatalogueFailed."""
        try:
            return await self._worker.run(function, *args, **kw)
        except SQLAlchemyError as error:
            raise self._note_failure(error) from error

    def look(
        self, function: Callable[Concatenate[Connection, _P], _T], *args: _P.args, **kw: _P.kwargs
    ) -> _T:
        """Return what a function of this room reads, at once; raises CatalogueFailed.

        It sees what is committed, and waits for nobody. A look at a few rows takes
        less time than it takes to wake another thread and to be woken by it.
        """
        if self._reader is None:
            self._reader = open_reader(self._engine)
        try:
            return function(self._reader, *args, **kw)
        except SQLAlchemyError as error:
            raise self._note_failure(error) from error

    def do_now(
        self, function: Callable[Concatenate[Connection, _P], _T], *args: _P.args, **kw: _P.kwargs
    ) -> _T:
        """Do the same before or after the event loop runs: it waits; raises CatalogueFailed."""
        try:
            return self._worker.submit(function, *args, **kw).result()
        except SQLAlchemyError as error:
            raise _failed(error) from error

    def close(self) -> None:
        """Commit what was handed over and close the database."""
        self._worker.close()
        if self._reader is not None:
            self._reader.close()
        self._engine.dispose()

    def _note_failure(self, error: SQLAlchemyError) -> CatalogueFailed:
        failed = _failed(error)
        if not self.has_failed:
            self.has_failed = True
            for listener in self._listeners:
                listener(failed)
        return failed


def _failed(error: SQLAlchemyError) -> CatalogueFailed:
    return CatalogueFailed(f"catalogue: {getattr(error, 'orig', None) or error}")


_of_crawlers: WeakKeyDictionary[Any, Catalogue] = WeakKeyDictionary()


def keep_catalogue(crawler: Any, catalogue: Catalogue) -> None:
    """Make a catalogue the one that all components of a crawler share."""
    _of_crawlers[crawler] = catalogue


def catalogue_of(crawler: Any) -> Catalogue:
    """Return the catalogue of a crawler; raises KeyError where none was opened."""
    return _of_crawlers[crawler]


def has_catalogue(crawler: Any) -> bool:
    """Tell whether a crawler has a catalogue; ``scrapy fetch`` and ``shell`` have none."""
    return crawler in _of_crawlers


def has_failed(crawler: Any) -> bool:
    """Tell whether the catalogue of a crawler could not be written."""
    catalogue = _of_crawlers.get(crawler)
    return catalogue is not None and catalogue.has_failed
