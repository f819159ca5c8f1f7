/* The files a disclosure was published as, with what they say they are. Files of one department,
scope, kind and year that stand beside each other are one disclosure; each superseded file is a
version of its own. One row per document of a disclosure. */
MODEL (
  name conformed.bridge_disclosure_document,
  kind FULL,
  grain document_id,
  audits (
    UNIQUE_VALUES(columns := (
      document_id
    )),
    NOT_NULL(columns := (disclosure_id, document_id, department_id, fiscal_year))
  )
);

WITH documents AS (
  SELECT
    documents.*,
    names.department_id,
    documents.status = 'loaded' AS is_current
  FROM raw.documents AS documents
  JOIN conformed.department_names AS names
    ON names.name_zh = documents.department_name_zh
  WHERE
    documents.status IN ('loaded', 'superseded')
    AND NOT names.department_id IS NULL
    AND NOT documents.fiscal_year IS NULL
), numbered AS (
  SELECT
    documents.*,
    FIRST_VALUE(document_id) OVER files AS first_document_id,
    ROW_NUMBER() OVER files AS document_number,
    ROW_NUMBER() OVER (
      PARTITION BY department_id, reporting_scope, document_kind, fiscal_year
      ORDER BY is_current, ingested_at, document_id
    ) AS load_number
  FROM documents
  WINDOW files AS (
    PARTITION BY department_id, reporting_scope, document_kind, fiscal_year, CASE WHEN is_current THEN '' ELSE document_id END
    ORDER BY ingested_at, document_id
  )
)
SELECT
  'disclosure-' || SUBSTRING(
    MD5(
      CONCAT_WS('|', department_id, COALESCE(reporting_scope, ''), document_kind, fiscal_year, first_document_id)
    ),
    1,
    16
  )::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  document_kind::TEXT AS document_kind, /* 文件种类 */
  reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  document_number::INT AS document_number, /* 公开的第几个文件，依载入先后 */
  load_number::INT AS load_number, /* 同一部门、口径、种类、年度的第几个文件，被取代的在前 */
  published_on::DATE AS published_on, /* 公开日期 */
  source_url::TEXT AS source_url, /* 来源网址 */
  is_current::BOOLEAN AS is_current /* 是否现行 */
FROM numbered