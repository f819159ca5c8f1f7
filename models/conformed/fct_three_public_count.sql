/* “三公”经费 团组、人次、辆、批次: the counts that the prose states beside the amounts.
One row per disclosure, item and kind of count. */
MODEL (
  name conformed.fct_three_public_count,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, item_code, count_code),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, item_code, count_code)),
    NOT_NULL(columns := (disclosure_id, document_id, item_code, count_code, stated_count))
  )
);

SELECT
  stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  item_code::TEXT AS item_code, /* 三公的项目 */
  measure_code::TEXT AS count_code, /* count_groups 团组、count_person_times 人次、count_batches 批次、count_purchased 购置辆数、count_kept 保有量、count_foreign_* 外事 */
  line_label_zh::TEXT AS item_zh, /* 项目，如所印 */
  measure_label_zh::TEXT AS count_zh, /* 数量名称 */
  value::BIGINT AS stated_count, /* 数量 */
  unit_printed::TEXT AS unit_printed /* 印出的单位 */
FROM conformed.fct_stated_value
WHERE
  is_preferred AND form_code = 'narrative' AND NOT item_code IS NULL AND value_kind = 'count'