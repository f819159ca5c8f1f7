"""Rebuilds of a model touch only the documents that changed.

SQLMesh's incremental kinds either delete what was not touched or refuse a restatement; this one
deletes the rows of the documents in ``raw.touched_documents`` and inserts them anew, so that the
rows of all other documents stay as they are. A table without rows is filled for all documents.
"""

from __future__ import annotations

import typing as t

from sqlglot import exp
from sqlmesh import CustomMaterialization
from sqlmesh.core.model import Model

TOUCHED_DOCUMENTS = "raw.touched_documents"


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

        if not self.adapter.table_exists(table_name) or self._is_empty(table_name):
            self._replace_query_for_model(model, table_name, query_or_df, render_kwargs, **kwargs)
            return

        touched = exp.column("document_id").isin(
            query=exp.select("document_id").from_(TOUCHED_DOCUMENTS)
        )
        rebuilt = (
            exp.select(*(exp.column(name) for name in columns))
            .from_(query_or_df.subquery("rebuilt"))
            .where(touched)
        )
        with self.adapter.transaction():
            self.adapter.delete_from(table_name, touched)
            self.adapter.insert_append(table_name, rebuilt, target_columns_to_types=columns)

    def _is_empty(self, table_name: str) -> bool:
        return self.adapter.fetchone(exp.select("1").from_(table_name).limit(1)) is None
