/* Expenditure rows of all sources that may be added up within a disclosure. One row per grain of fct_expenditure. */
MODEL (
  name conformed.fct_expenditure_leaf,
  kind VIEW,
  grain (disclosure_id, functional_code, expenditure_nature, fund, phase),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, functional_code, expenditure_nature, fund, phase))
  )
);

SELECT
  stated_value_id, /* 陈述值编号 */
  disclosure_id, /* 公开编号 */
  document_id, /* 文件编号 */
  department_id, /* 部门编号 */
  reporting_scope, /* 报告口径 */
  fiscal_year, /* 年度 */
  functional_code, /* 功能分类科目编码；total 为合计 */
  level, /* total 合计、class 类、group 款、item 项 */
  is_leaf, /* 同一资金范围内可以相加 */
  line_label_zh, /* 行标签，如所印 */
  expenditure_nature, /* 支出性质；total 为合计 */
  fund, /* 资金范围 */
  phase, /* 预决算阶段 */
  amount_cny /* 金额（元） */
FROM conformed.fct_expenditure
WHERE
  is_leaf AND fund = 'all_sources'