/* 支出: one preferred statement per grain; per fund from the form that holds its detail, else from
the summary forms, else from the prose, which alone states the budgets. Rows with is_leaf may be added up within one disclosure and one fund; the leaf
view holds those of all sources together. One row per disclosure, functional code, nature, fund and
phase. */
MODEL (
  name conformed.fct_expenditure,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, functional_code, expenditure_nature, fund, phase),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, functional_code, expenditure_nature, fund, phase)),
    NOT_NULL(columns := (disclosure_id, document_id, functional_code, expenditure_nature, amount_cny))
  )
);

WITH amounts AS (
  SELECT
    *,
    CASE
      WHEN form_code IN (
        'expenditure',
        'fiscal_expenditure',
        'general_budget_expenditure',
        'government_fund',
        'state_capital'
      )
      THEN expenditure_nature
      WHEN form_code IN ('income_expenditure_summary', 'fiscal_appropriation_summary')
      AND block = 'expenditure'
      AND (
        line_role = 'class' OR line_code = 'expenditure_total'
      )
      THEN 'total'
      WHEN form_code = 'narrative'
      AND measure_code = 'amount'
      AND (
        NOT functional_code IS NULL OR line_code IN ('expenditure_total', 'general_budget_expenditure')
      )
      THEN 'total'
      WHEN form_code = 'narrative' AND measure_code = 'amount' AND line_code IN ('basic', 'project')
      THEN line_code
    END AS nature,
    CASE
      WHEN form_code = 'narrative'
      THEN 3
      WHEN form_code IN ('income_expenditure_summary', 'fiscal_appropriation_summary')
      THEN 2
      ELSE 1
    END AS source_rank
  FROM conformed.fct_stated_value
  WHERE
    value_kind = 'amount'
    AND is_preferred
    AND project_id IS NULL
    AND COALESCE(line_role, '') <> 'unit'
    AND NOT (
      form_code = 'income_expenditure_summary' AND COALESCE(measure_code, 'amount') <> 'amount'
    ) /* Some budgets part each class into basic and project expenditure there. */
), stated AS (
  SELECT
    stated_value_id,
    disclosure_id,
    document_id,
    department_id,
    reporting_scope,
    fiscal_year,
    COALESCE(functional_code, 'total') AS functional_code,
    CASE
      WHEN functional_code IS NULL
      THEN 'total'
      ELSE CASE LENGTH(functional_code) WHEN 3 THEN 'class' WHEN 5 THEN 'group' ELSE 'item' END
    END AS level,
    line_label_zh,
    nature AS expenditure_nature,
    fund,
    phase,
    value,
    ROW_NUMBER() OVER (
      PARTITION BY disclosure_id, COALESCE(functional_code, 'total'), nature, fund, phase
      ORDER BY source_rank, stated_value_id
    ) AS preference
  FROM amounts
  WHERE
    NOT nature IS NULL
), preferred AS (
  SELECT
    stated.*
  FROM stated
  WHERE
    preference = 1
)
SELECT
  preferred.stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  preferred.disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  preferred.document_id::TEXT AS document_id, /* 文件编号 */
  preferred.department_id::TEXT AS department_id, /* 部门编号 */
  preferred.reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  preferred.fiscal_year::INT AS fiscal_year, /* 年度 */
  preferred.functional_code::TEXT AS functional_code, /* 功能分类科目编码；total 为合计 */
  preferred.level::TEXT AS level, /* total 合计、class 类、group 款、item 项 */
  (
    NOT EXISTS(
      SELECT
        1
      FROM preferred AS children
      WHERE
        children.disclosure_id = preferred.disclosure_id
        AND children.fund = preferred.fund
        AND children.phase = preferred.phase
        AND children.functional_code <> preferred.functional_code
        AND children.functional_code <> 'total'
        AND (
          preferred.functional_code = 'total'
          OR STARTS_WITH(children.functional_code, preferred.functional_code)
        )
    )
    AND (
      preferred.expenditure_nature <> 'total'
      OR NOT EXISTS(
        SELECT
          1
        FROM preferred AS natures
        WHERE
          natures.disclosure_id = preferred.disclosure_id
          AND natures.fund = preferred.fund
          AND natures.phase = preferred.phase
          AND natures.functional_code = preferred.functional_code
          AND natures.expenditure_nature <> 'total'
      )
    )
  )::BOOLEAN AS is_leaf, /* 同一资金范围内可以相加 */
  preferred.line_label_zh::TEXT AS line_label_zh, /* 行标签，如所印 */
  preferred.expenditure_nature::TEXT AS expenditure_nature, /* 支出性质；total 为合计 */
  preferred.fund::TEXT AS fund, /* 资金范围 */
  preferred.phase::TEXT AS phase, /* 预决算阶段 */
  preferred.value::DECIMAL(20, 2) AS amount_cny /* 金额（元） */
FROM preferred