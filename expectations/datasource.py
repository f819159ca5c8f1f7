"""DuckDB for Great Expectations, which closes its connection before it fetches from DuckDB.

Importing this module imports Great Expectations (seconds): import it only inside functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import (
    SqlAlchemyExecutionEngine,
)

DATASOURCE_NAME = "warehouse"


class KeptConnectionEngine(SqlAlchemyExecutionEngine):
    """The execution engine of Great Expectations, with one connection kept until `close`."""

    @contextmanager
    def get_connection(self) -> Iterator[Any]:
        """Yield the kept connection and leave it open: results are fetched after this returns."""
        if self._connection is None:
            self._connection = self.engine.connect()
        yield self._connection

    def close(self) -> None:
        """Close the connection and its pool, so that the file can be opened for writing again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self.engine.dispose()


class DuckDBDatasource(SQLDatasource):
    """A DuckDB file; declaring it registers `context.data_sources.add_or_update_duckdb`."""

    type: Literal["duckdb"] = "duckdb"

    @property
    def execution_engine_type(self) -> type[KeptConnectionEngine]:
        """The engine Great Expectations uses for every batch of this datasource."""
        return KeptConnectionEngine

    def close(self) -> None:
        """Close every connection this datasource has opened."""
        self.get_execution_engine().close()
        self.get_engine().dispose()


def open_datasource(context: Any, warehouse: Path) -> DuckDBDatasource:
    """Add the DuckDB file to a GX context, read-only.

    The path travels as a connect argument because a URL would break on ?, % and $ in a path.
    """
    return context.data_sources.add_or_update_duckdb(
        DATASOURCE_NAME,
        connection_string="duckdb://",
        kwargs={"connect_args": {"database": str(warehouse), "read_only": True}},
    )
