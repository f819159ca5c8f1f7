/* The files a disclosure was published as. One row per disclosure and document. */
MODEL (
  name conformed.bridge_disclosure_document,
  kind FULL,
  grain (disclosure_id, document_id),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, document_id)),
    NOT_NULL(columns := (disclosure_id, document_id))
  )
);

SELECT
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id /* 文件编号 */
FROM conformed.dim_disclosure