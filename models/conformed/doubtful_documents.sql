/* Documents of which something may be misread: a label of a form that no seed knows, or text recognised
in a picture. What they are suspected of may be ours (解析存疑). One row per such document. */
MODEL (
  name conformed.doubtful_documents,
  kind FULL,
  grain document_id,
  audits (UNIQUE_VALUES(columns := (
      document_id
    )), NOT_NULL(columns := (
      document_id
  )))
);

SELECT
  document_id::TEXT AS document_id /* 文件编号 */
FROM conformed.unmapped_labels
WHERE
  label_kind <> 'title' /* A table that is no form at all is not part of any sum. */
UNION
SELECT
  document_id::TEXT AS document_id
FROM raw.cells
WHERE
  NOT confidence IS NULL