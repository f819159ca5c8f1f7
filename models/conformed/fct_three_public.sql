/* “三公”经费: each item as stated in its form, else in the prose, budget and final accounts as
phases. An empty form states the final accounts as zero and nothing about the budget. Total and
vehicles contain the other items: never add items of different is_leaf.
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

WITH stated AS (
  SELECT
    *,
    MIN(CASE source_kind WHEN 'narrative' THEN 2 ELSE 1 END) OVER (PARTITION BY disclosure_id, item_code, phase) AS best_source
  FROM conformed.fct_stated_value
  WHERE
    is_preferred
    AND value_kind = 'amount'
    AND COALESCE(item_code, '') <> 'agency_operating'
    AND (
      form_code = 'three_public'
      OR (
        form_code = 'narrative' AND NOT item_code IS NULL AND measure_code = 'amount'
      )
    )
)
SELECT
  stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  item_code::TEXT AS item_code, /* total 合计、overseas 因公出国（境）、vehicles 公务用车小计、vehicle_purchase 购置、vehicle_operation 运行维护、reception 公务接待（reception_domestic 国内、reception_foreign 国（境）外） */
  CASE source_kind WHEN 'narrative' THEN line_label_zh ELSE measure_label_zh END::TEXT AS item_zh, /* 项目名称 */
  (
    NOT item_code IN ('total', 'vehicles', 'reception_domestic', 'reception_foreign')
  )::BOOLEAN AS is_leaf, /* 可以相加 */
  fund::TEXT AS fund, /* 资金范围 */
  phase::TEXT AS phase, /* 预决算阶段 */
  value::DECIMAL(20, 2) AS amount_cny, /* 金额（元） */
  source_kind::TEXT AS source_kind /* table 表格、note 表下说明、narrative 情况说明 */
FROM stated
WHERE
  CASE source_kind WHEN 'narrative' THEN 2 ELSE 1 END = best_source