/* “三公”经费: each item as stated in its form, budget and final accounts as phases. An empty form
states the final accounts as zero and nothing about the budget. Total and vehicles contain the
other items: never add items of different is_leaf.
One row per disclosure, item, fund and phase. */
MODEL (
  name conformed.fct_three_public,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, item_code, fund, phase),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, item_code, fund, phase)),
    NOT_NULL(columns := (disclosure_id, document_id, item_code, amount_cny))
  )
);

SELECT
  stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  item_code::TEXT AS item_code, /* total 合计、overseas 因公出国（境）、vehicles 公务用车小计、vehicle_purchase 购置、vehicle_operation 运行维护、reception 公务接待 */
  measure_label_zh::TEXT AS item_zh, /* 项目名称 */
  (
    NOT item_code IN ('total', 'vehicles')
  )::BOOLEAN AS is_leaf, /* 可以相加 */
  fund::TEXT AS fund, /* 资金范围 */
  phase::TEXT AS phase, /* 预决算阶段 */
  value::DECIMAL(20, 2) AS amount_cny /* 金额（元） */
FROM conformed.fct_stated_value
WHERE
  form_code = 'three_public' AND value_kind = 'amount' AND is_preferred