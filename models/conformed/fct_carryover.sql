/* 结转结余: carry-over and surplus as each form states it, never inferred. Forms restate one another:
choose one form before adding. One row per disclosure, form, line and item. */
MODEL (
  name conformed.fct_carryover,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, form_code, block, line_code, item_code, fund),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, form_code, block, line_code, item_code, fund)),
    NOT_NULL(columns := (disclosure_id, document_id, form_code, item_code, amount_cny))
  )
);

SELECT
  stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  form_code::TEXT AS form_code, /* 报表代码 */
  block::TEXT AS block, /* 并列块 */
  line_code::TEXT AS line_code, /* 行代码 */
  COALESCE(
    item_code,
    CASE measure_code WHEN 'opening_carryover' THEN 'opening' WHEN 'closing_carryover' THEN 'closing' END
  )::TEXT AS item_code, /* opening 年初、closing 年末、use_of_surplus 使用非财政拨款结余、surplus_distribution 结余分配 */
  fund::TEXT AS fund, /* 资金范围 */
  phase::TEXT AS phase, /* 预决算阶段 */
  value::DECIMAL(20, 2) AS amount_cny /* 金额（元） */
FROM conformed.fct_stated_value
WHERE
  value_kind = 'amount'
  AND is_preferred
  AND COALESCE(line_role, '') <> 'unit'
  AND NOT (
    form_code = 'income_expenditure_summary' AND COALESCE(measure_code, 'amount') <> 'amount'
  )
  AND (
    line_role = 'carryover' OR measure_code IN ('opening_carryover', 'closing_carryover')
  )