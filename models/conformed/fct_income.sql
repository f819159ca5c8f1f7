/* 收入: one preferred statement per grain, from 收入决算表 where it is in the file, else from the
summary forms. Rows with is_leaf may be added up within one disclosure.
One row per disclosure, income source, functional code, fund and phase. */
MODEL (
  name conformed.fct_income,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, income_source_code, functional_code, fund, phase),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, income_source_code, functional_code, fund, phase)),
    NOT_NULL(columns := (disclosure_id, document_id, income_source_code, functional_code, amount_cny))
  )
);

WITH stated AS (
  SELECT
    stated_value_id,
    disclosure_id,
    document_id,
    department_id,
    reporting_scope,
    fiscal_year,
    income_source_code,
    COALESCE(functional_code, 'total') AS functional_code,
    CASE WHEN functional_code IS NULL THEN 'total' ELSE line_role END AS level,
    line_label_zh,
    fund,
    phase,
    value,
    form_code,
    ROW_NUMBER() OVER (
      PARTITION BY disclosure_id, income_source_code, COALESCE(functional_code, 'total'), fund, phase
      ORDER BY CASE form_code WHEN 'income' THEN 1 WHEN 'income_expenditure_summary' THEN 2 ELSE 3 END, stated_value_id
    ) AS preference
  FROM conformed.fct_stated_value
  WHERE
    value_kind = 'amount'
    AND is_preferred
    AND COALESCE(line_role, '') <> 'unit'
    AND NOT income_source_code IS NULL
    AND form_code IN ('income', 'income_expenditure_summary', 'fiscal_appropriation_summary')
), preferred AS (
  SELECT
    stated.*,
    MAX(CASE form_code WHEN 'income' THEN 1 ELSE 0 END) OVER (PARTITION BY disclosure_id) = 1 AS has_income_form,
    MAX(CASE income_source_code WHEN 'fiscal_appropriation' THEN 1 ELSE 0 END) OVER (PARTITION BY disclosure_id, form_code) = 1 AS has_fiscal_source
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
  preferred.income_source_code::TEXT AS income_source_code, /* 收入来源；total 为合计 */
  preferred.functional_code::TEXT AS functional_code, /* 功能分类科目编码；total 为合计 */
  preferred.level::TEXT AS level, /* total 合计、class 类、group 款、item 项 */
  (
    CASE
      WHEN preferred.has_income_form
      THEN preferred.form_code = 'income'
      AND preferred.income_source_code <> 'total'
      AND NOT EXISTS(
        SELECT
          1
        FROM preferred AS children
        WHERE
          children.disclosure_id = preferred.disclosure_id
          AND children.form_code = 'income'
          AND children.functional_code <> preferred.functional_code
          AND children.functional_code <> 'total'
          AND (
            preferred.functional_code = 'total'
            OR STARTS_WITH(children.functional_code, preferred.functional_code)
          )
      )
      ELSE preferred.form_code = 'income_expenditure_summary'
      AND preferred.income_source_code <> 'total'
      AND NOT (
        preferred.has_fiscal_source
        AND preferred.income_source_code IN ('general', 'government_fund', 'state_capital')
      ) /* The three funds are parts of 财政拨款 where it is stated. */
    END
  )::BOOLEAN AS is_leaf, /* 可以相加 */
  preferred.line_label_zh::TEXT AS line_label_zh, /* 行标签，如所印 */
  preferred.fund::TEXT AS fund, /* 资金范围 */
  preferred.phase::TEXT AS phase, /* 预决算阶段 */
  preferred.value::DECIMAL(20, 2) AS amount_cny /* 金额（元） */
FROM preferred