/* What one entity says of one year: department, reporting scope, kind and fiscal year. It may be
several files that complete each other. A corrected publication is a new version; what is loaded and
not superseded is current. Documents without a department or a year wait in
marts.unassigned_documents until they are assigned. One row per disclosure version. */
MODEL (
  name conformed.dim_disclosure,
  kind FULL,
  grain disclosure_id,
  audits (
    UNIQUE_VALUES(columns := (disclosure_id, document_id)),
    NOT_NULL(columns := (disclosure_id, document_id, department_id, fiscal_year))
  )
);

SELECT
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 其最先载入的文件 */
  document_kind::TEXT AS document_kind, /* final_accounts 决算、budget 预算、self_evaluation 自评 */
  reporting_scope::TEXT AS reporting_scope, /* department_consolidated 部门汇总、department_own 本级、unit 单位 */
  department_id::TEXT AS department_id, /* 部门编号 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  (
    ROW_NUMBER() OVER versions
  )::INT AS version_number, /* 第几版 */
  published_on::DATE AS published_on, /* 公开日期 */
  source_url::TEXT AS source_url, /* 来源网址 */
  (
    LAG(disclosure_id) OVER versions
  )::TEXT AS supersedes_disclosure_id, /* 被本版取代的公开 */
  is_current::BOOLEAN AS is_current /* 是否现行版本 */
FROM conformed.bridge_disclosure_document
WHERE
  document_number = 1
WINDOW versions AS (PARTITION BY department_id, reporting_scope, document_kind, fiscal_year ORDER BY load_number)