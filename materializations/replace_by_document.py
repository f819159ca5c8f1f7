"""Rebuilds of a model touch only the documents that changed.

SQLMesh's incremental kinds either delete what was not touched or refuse a restatement; this one
deletes the rows of the documents in ``raw.touched_documents`` and inserts them anew, so that the
rows of all other documents stay as they are. A table without rows, and one of which every document
is touched, is filled for all documents.
"""

from __future__ import annotations

import typing as t
from collections.abc import Iterator
from contextlib import contextmanager

from sqlglot import exp
from sqlmesh import CustomMaterialization
from sqlmesh.core.model import Model

TOUCHED_DOCUMENTS = "raw.touched_documents"
# A model whose rows for a document rest on the rows of others says so with this property.
READS_OTHER_DOCUMENTS = "reads_other_documents"


class ReplaceByDocument(CustomMaterialization):
    """Replace the touched documents; the model must have a column ``document_id``."""

    NAME = "replace_by_document"

    def insert(
        self,
        table_name: str,
        query_or_df: t.Any,
        model: Model,
        is_first_insert: bool,
        render_kwargs: dict[str, t.Any],
        **kwargs: t.Any,
    ) -> None:
        """Delete the touched documents from ``table_name`` and insert what the query says of them.

        Raises:
            ValueError: the model has no ``document_id``, or is not a query.
        """
        columns = model.columns_to_types_or_raise
        if "document_id" not in columns or not isinstance(query_or_df, exp.Query):
            raise ValueError(f"{model.name}: replace_by_document needs a query with document_id")

        if (
            not self.adapter.table_exists(table_name)
            or self._has_none(exp.select("1").from_(table_name))
            or self._has_none(exp.select("1").from_("raw.documents").where(exp.not_(_is_touched())))
        ):
            self._replace_query_for_model(model, table_name, query_or_df, render_kwargs, **kwargs)
            return

        reads_others = READS_OTHER_DOCUMENTS in model.custom_materialization_properties
        with self._touched_rows(exp.Select() if reads_others else query_or_df) as slices:
            query = query_or_df.transform(lambda node: slices.get(node, node))
            rebuilt = (
                exp.select(*(exp.column(name) for name in columns))
                .from_(query.subquery("rebuilt"))
                .where(_is_touched())
            )
            with self.adapter.transaction():
                self.adapter.delete_from(table_name, _is_touched())
                self.adapter.insert_append(table_name, rebuilt, target_columns_to_types=columns)

    @contextmanager
    def _touched_rows(self, query: exp.Query) -> Iterator[dict[exp.Expr, exp.Expr]]:
        """Give the tables of the query that hold documents, each with its touched rows alone.

        A condition on the result would not do: DuckDB does not carry it down to the tables, and
        plans worse for it than for the whole of them.
        """
        slices: dict[exp.Expr, exp.Expr] = {}
        names: dict[exp.Table, str] = {}
        for table in query.find_all(exp.Table):
            # A name without a schema is a common table expression.
            bare = exp.table_(table.name, table.db, table.catalog)
            if table.db and "document_id" in self.adapter.columns(bare):
                name = names.setdefault(bare, f"touched_{len(names)}")
                slices[table] = exp.to_table(name, alias=table.alias_or_name)
        for table, slice_name in names.items():
            rows = exp.select("*").from_(table).where(_is_touched()).sql("duckdb")
            self.adapter.execute(f"CREATE OR REPLACE TEMP TABLE {slice_name} AS {rows}")
        try:
            yield slices
        finally:
            for slice_name in names.values():
                self.adapter.execute(f"DROP TABLE IF EXISTS {slice_name}")

    def _has_none(self, query: exp.Select) -> bool:
        return self.adapter.fetchone(query.limit(1)) is None


def _is_touched() -> exp.In:
    touched = exp.select("document_id").from_(TOUCHED_DOCUMENTS)
    return exp.column("document_id").isin(query=touched)
