/* 国有资产占用: vehicles by kind and equipment, as the prose counts them.
One row per disclosure and item. */
MODEL (
  name conformed.fct_asset,
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
  line_code::TEXT AS item_code, /* vehicles.total 车辆合计、vehicles.* 各类车辆、equipment.* 设备 */
  line_label_zh::TEXT AS item_zh, /* 项目，如所印 */
  value::BIGINT AS stated_count, /* 数量 */
  unit_printed::TEXT AS unit_printed /* 印出的单位 */
FROM conformed.fct_stated_value
WHERE
  is_preferred
  AND form_code = 'narrative'
  AND value_kind = 'count'
  AND REGEXP_MATCHES(line_code, '^(vehicles|equipment)\.')