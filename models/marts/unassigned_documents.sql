/* Documents that were read but belong to no disclosure yet: it is not clear whose they are, or of
which year. A line in manifest.csv or juesuan assign says so. One row per document. */
MODEL (
  name marts.unassigned_documents,
  kind FULL,
  grain document_id,
  audits (
    UNIQUE_VALUES(columns := (
      document_id
    )),
    NOT_NULL(columns := (document_id, file_name, reason_zh))
  )
);

SELECT
  documents.document_id::TEXT AS document_id, /* 文件编号 */
  documents.file_name::TEXT AS file_name, /* 文件名 */
  documents.department_name_zh::TEXT AS department_name_zh, /* 文件自称的部门名称 */
  documents.fiscal_year::INT AS fiscal_year, /* 文件自称的年度 */
  documents.document_kind::TEXT AS document_kind, /* 文件种类 */
  CASE
    WHEN documents.department_name_zh IS NULL
    THEN '没有读到部门名称'
    WHEN names.unresolved_reason = 'place_shared'
    THEN '部门名称“' || documents.department_name_zh || '”所冠的地名不止一处，分不清是哪里'
    WHEN names.unresolved_reason = 'place_missing'
    THEN '部门名称“' || documents.department_name_zh || '”没有地名，分不清是哪里'
    ELSE '没有读到年度'
  END::TEXT AS reason_zh /* 为什么归不了部门或年度 */
FROM raw.documents AS documents
LEFT JOIN conformed.department_names AS names
  ON names.name_zh = documents.department_name_zh
WHERE
  documents.status = 'loaded' AND (
    names.department_id IS NULL OR documents.fiscal_year IS NULL
  )