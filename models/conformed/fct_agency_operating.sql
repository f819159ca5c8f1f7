/* 机关运行经费: the amount as its form states it, else the prose; with the change and what it is
compared with, as the prose states them. One row per disclosure and basis of comparison. */
MODEL (
  name conformed.fct_agency_operating,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, compared_with),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, compared_with)),
    NOT_NULL(columns := (disclosure_id, document_id, compared_with))
  )
);

WITH stated AS (
  SELECT
    *
  FROM conformed.fct_stated_value
  WHERE
    is_preferred AND form_code = 'narrative' AND line_code = 'agency_operating'
), candidates AS (
  SELECT
    *,
    2 AS source_rank
  FROM stated
  WHERE
    measure_code = 'amount'
    AND phase = CASE document_kind WHEN 'budget' THEN 'initial_budget' ELSE 'final' END
  UNION ALL
  SELECT
    *,
    1 AS source_rank
  FROM conformed.fct_stated_value
  WHERE
    is_preferred
    AND value_kind = 'amount'
    AND (
      (
        form_code = 'three_public' AND item_code = 'agency_operating'
      )
      OR (
        form_code = 'agency_operating' AND line_code = 'total'
      )
    )
    AND phase = CASE document_kind WHEN 'budget' THEN 'initial_budget' ELSE 'final' END
), amounts AS (
  SELECT
    candidates.*,
    ROW_NUMBER() OVER (PARTITION BY candidates.disclosure_id ORDER BY candidates.source_rank, candidates.stated_value_id) AS preference
  FROM candidates
), changes AS (
  SELECT
    disclosure_id,
    base,
    MAX(CASE WHEN value_kind = 'amount' THEN value END) AS change_cny,
    MAX(CASE WHEN value_kind = 'ratio' THEN value END) AS growth_pct
  FROM stated
  WHERE
    NOT base IS NULL
  GROUP BY
    disclosure_id,
    base
)
SELECT
  amounts.stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  amounts.disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  amounts.document_id::TEXT AS document_id, /* 文件编号 */
  amounts.department_id::TEXT AS department_id, /* 部门编号 */
  amounts.reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  amounts.fiscal_year::INT AS fiscal_year, /* 年度 */
  amounts.phase::TEXT AS phase, /* final 决算、initial_budget 年初预算 */
  amounts.value::DECIMAL(20, 2) AS amount_cny, /* 机关运行经费（元） */
  COALESCE(changes.base, '')::TEXT AS compared_with, /* 与之比较的：initial_budget 年初预算、prior_year_final 上年决算；没有比较则为空串 */
  changes.change_cny::DECIMAL(20, 2) AS change_cny, /* 增减额（元），减少为负 */
  changes.growth_pct::DECIMAL(12, 4) AS growth_pct /* 增减率（%），如所印 */
FROM amounts
LEFT JOIN changes
  ON changes.disclosure_id = amounts.disclosure_id
WHERE
  amounts.preference = 1