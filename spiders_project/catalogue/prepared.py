"""Statements that every picture and page needs, compiled once and run by the driver itself."""

from collections import namedtuple
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

Values = tuple[Any, ...] | dict[str, Any]


class Prepared:
    """A statement with named parameters, which stay as they are: no SQL is made when it is run.

    SQLAlchemy takes ten times as long as SQLite to look a statement up in its
    cache, and that in the one thread of Python at a time which a crawl has.
    Booleans come back as the driver has them; errors are SQLAlchemy's.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._dialect: Dialect | None = None

    def rows(self, connection: Connection, **values: Any) -> list[Any]:
        """Return all rows, named tuples with the names of the columns."""
        cursor = self._run(connection, values)
        return list(map(self._row, cursor.fetchall()))

    def first(self, connection: Connection, **values: Any) -> Any:
        """Return the first row, None if there is none."""
        found = self._run(connection, values).fetchone()
        return None if found is None else self._row(found)

    def run(self, connection: Connection, **values: Any) -> int:
        """Run a statement that changes rows; return how many."""
        return self._run(connection, values).rowcount

    def _run(self, connection: Connection, values: dict[str, Any]) -> DBAPICursor:
        if connection.dialect is not self._dialect:
            self._compile(connection.dialect)
        cursor = connection.connection.cursor()
        parameters = self._parameters(values)
        try:
            cursor.execute(self._text, parameters)
        except connection.dialect.dbapi.Error as error:  # type: ignore[union-attr]  # it has one
            of_driver = connection.dialect.dbapi.Error  # type: ignore[union-attr]
            raise DBAPIError.instance(self._text, parameters, error, of_driver) from error
        return cursor

    def _compile(self, dialect: Dialect) -> None:
        compiled = self._statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self._dialect, self._text = dialect, str(compiled)
        self._parameters = _taker(compiled)
        columns = [column.keyname for column in compiled._result_columns]
        row: Any = namedtuple("Row", columns)  # type: ignore[misc]  # they are known by now only
        self._row = row._make


def _taker(compiled: SQLCompiler) -> Callable[[dict[str, Any]], Values]:
    """Return what puts named values into the shape that the driver takes."""
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    if compiled.positiontup is None:
        return lambda values: fixed | values
    names = tuple(compiled.positiontup)
    return lambda values: tuple([values[name] if name in values else fixed[name] for name in names])
