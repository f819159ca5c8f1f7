/* 经济分类: basic expenditure of the general public budget, and the spending of each project, by
departmental economic code. Rows with is_leaf may be added up within one disclosure. One row per disclosure, economic code, nature,
project, fund and phase. */
MODEL (
  name conformed.fct_economic,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, economic_code, expenditure_nature, project_id, fund, phase),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, economic_code, expenditure_nature, project_id, fund, phase)),
    NOT_NULL(columns := (disclosure_id, document_id, economic_code, amount_cny))
  )
);

WITH stated AS (
  SELECT
    *
  FROM conformed.fct_stated_value
  WHERE
    value_kind = 'amount'
    AND is_preferred
    AND COALESCE(form_code, '') <> 'agency_operating'
    AND NOT economic_code IS NULL
    AND NOT COALESCE(measure_code, '') IN ('personnel', 'operating') /* Parts of 合计, printed beside it. */
    AND project_id IS NULL
), project_spending AS (
  /* Two rows of one code in a report are one amount of that code. */
  SELECT
    MIN(stated_value_id) AS stated_value_id,
    disclosure_id,
    document_id,
    department_id,
    reporting_scope,
    fiscal_year,
    economic_code,
    CASE LENGTH(economic_code) WHEN 3 THEN 'class' ELSE 'group' END AS level,
    MIN(line_label_zh) AS line_label_zh,
    expenditure_nature,
    project_id,
    fund,
    phase,
    SUM(value) AS value
  FROM conformed.fct_stated_value
  WHERE
    is_preferred AND block = 'spending' AND measure_code = 'total_amount' AND NOT economic_code IS NULL
  GROUP BY
    disclosure_id,
    document_id,
    department_id,
    reporting_scope,
    fiscal_year,
    economic_code,
    expenditure_nature,
    project_id,
    fund,
    phase
)
SELECT
  stated.stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  stated.disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  stated.document_id::TEXT AS document_id, /* 文件编号 */
  stated.department_id::TEXT AS department_id, /* 部门编号 */
  stated.reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  stated.fiscal_year::INT AS fiscal_year, /* 年度 */
  stated.economic_code::TEXT AS economic_code, /* 部门预算经济分类科目编码 */
  stated.line_role::TEXT AS level, /* class 类、group 款 */
  (
    NOT EXISTS(
      SELECT
        1
      FROM stated AS children
      WHERE
        children.disclosure_id = stated.disclosure_id
        AND children.fund = stated.fund
        AND children.parent_line_code = stated.line_code
    )
    AND NOT (
      COALESCE(stated.form_code, '') = 'fiscal_basic_expenditure'
      AND EXISTS(
        SELECT
          1
        FROM stated AS general
        WHERE
          general.disclosure_id = stated.disclosure_id AND general.fund = 'general'
      )
    ) /* What the form of all fiscal funds repeats of the general budget is not added twice. */
  )::BOOLEAN AS is_leaf, /* 可以相加 */
  stated.line_label_zh::TEXT AS line_label_zh, /* 行标签，如所印 */
  stated.expenditure_nature::TEXT AS expenditure_nature, /* 支出性质 */
  COALESCE(stated.project_id, '')::TEXT AS project_id, /* 项目编号；不属于项目则为空串 */
  stated.fund::TEXT AS fund, /* 资金范围 */
  stated.phase::TEXT AS phase, /* 预决算阶段 */
  stated.value::DECIMAL(20, 2) AS amount_cny /* 金额（元） */
FROM stated
UNION ALL
SELECT
  stated_value_id,
  disclosure_id,
  document_id,
  department_id,
  reporting_scope,
  fiscal_year,
  economic_code,
  level,
  TRUE AS is_leaf,
  line_label_zh,
  expenditure_nature,
  project_id,
  fund,
  phase,
  value AS amount_cny
FROM project_spending