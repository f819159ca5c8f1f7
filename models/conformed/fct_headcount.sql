/* 编制与人数: as the prose states them, and nothing where it does not.
One row per disclosure and item. */
MODEL (
  name conformed.fct_headcount,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, item_code),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, item_code)),
    NOT_NULL(columns := (disclosure_id, document_id, item_code, stated_count))
  )
);

SELECT
  stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  REGEXP_REPLACE(line_code, '^headcount\.', '')::TEXT AS item_code, /* authorised 编制、authorised_administrative 行政编制、authorised_institution 事业编制、actual 实有、serving 在职、retired 退休、retired_with_honour 离休 */
  line_label_zh::TEXT AS item_zh, /* 项目 */
  value::BIGINT AS stated_count, /* 人数 */
  unit_printed::TEXT AS unit_printed /* 印出的单位 */
FROM conformed.fct_stated_value
WHERE
  is_preferred AND value_kind = 'count' AND STARTS_WITH(line_code, 'headcount.')