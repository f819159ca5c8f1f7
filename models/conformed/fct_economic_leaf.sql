/* Economic class rows that may be added up within a disclosure. One row per grain of fct_economic. */
MODEL (
  name conformed.fct_economic_leaf,
  kind VIEW,
  grain (disclosure_id, economic_code, expenditure_nature, project_id, fund, phase),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, economic_code, expenditure_nature, project_id, fund, phase))
  )
);

SELECT
  stated_value_id, /* 陈述值编号 */
  disclosure_id, /* 公开编号 */
  document_id, /* 文件编号 */
  department_id, /* 部门编号 */
  reporting_scope, /* 报告口径 */
  fiscal_year, /* 年度 */
  economic_code, /* 部门预算经济分类科目编码 */
  level, /* class 类、group 款 */
  is_leaf, /* 可以相加 */
  line_label_zh, /* 行标签，如所印 */
  expenditure_nature, /* 支出性质 */
  project_id, /* 项目编号；不属于项目则为空串 */
  fund, /* 资金范围 */
  phase, /* 预决算阶段 */
  amount_cny /* 金额（元） */
FROM conformed.fct_economic
WHERE
  is_leaf