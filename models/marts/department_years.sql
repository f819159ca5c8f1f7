/* The headline figures of a department in a year, in yuan and 万元: totals from the final accounts,
the three rates each by its own name, shares and growth. What the disclosure does not state stays
empty. One row per department, year and reporting scope. */
MODEL (
  name marts.department_years,
  kind FULL,
  grain (department_id, fiscal_year, reporting_scope),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (department_id, fiscal_year, reporting_scope)),
    NOT_NULL(columns := (department_id, fiscal_year, reporting_scope, disclosure_id))
  )
);

WITH expenditure AS (
  SELECT
    disclosure_id,
    MAX(CASE WHEN fund = 'all_sources' AND expenditure_nature = 'total' THEN amount_cny END) AS expenditure_cny,
    MAX(CASE WHEN fund = 'all_sources' AND expenditure_nature = 'basic' THEN amount_cny END) AS basic_expenditure_cny,
    MAX(CASE WHEN fund = 'all_sources' AND expenditure_nature = 'project' THEN amount_cny END) AS project_expenditure_cny,
    MAX(CASE WHEN fund = 'general' AND expenditure_nature = 'total' THEN amount_cny END) AS general_budget_expenditure_cny,
    MAX(CASE WHEN fund = 'government_fund' AND expenditure_nature = 'total' THEN amount_cny END) AS government_fund_expenditure_cny,
    MAX(CASE WHEN fund = 'state_capital' AND expenditure_nature = 'total' THEN amount_cny END) AS state_capital_expenditure_cny
  FROM conformed.fct_expenditure
  WHERE
    functional_code = 'total' AND phase = 'final'
  GROUP BY
    disclosure_id
), income AS (
  SELECT
    disclosure_id,
    MAX(CASE WHEN fund = 'all_sources' AND income_source_code = 'total' THEN amount_cny END) AS income_cny,
    COALESCE(
      MAX(CASE WHEN fund = 'all_sources' AND income_source_code = 'fiscal_appropriation' THEN amount_cny END),
      MAX(CASE WHEN fund = 'fiscal_total' AND income_source_code = 'total' THEN amount_cny END)
    ) AS fiscal_income_cny
  FROM conformed.fct_income
  WHERE
    functional_code = 'total' AND phase = 'final'
  GROUP BY
    disclosure_id
), carryover AS (
  SELECT
    disclosure_id,
    MAX(CASE item_code WHEN 'opening' THEN amount_cny END) AS opening_carryover_cny,
    MAX(CASE item_code WHEN 'closing' THEN amount_cny END) AS closing_carryover_cny
  FROM conformed.fct_carryover
  WHERE
    form_code = 'income_expenditure_summary'
  GROUP BY
    disclosure_id
), basic_detail AS (
  SELECT
    disclosure_id,
    COALESCE(
      MAX(CASE line_code WHEN 'personnel_total' THEN amount_cny END),
      MAX(CASE WHEN line_code = 'total' AND measure_code = 'personnel' THEN amount_cny END)
    ) AS personnel_cny,
    COALESCE(
      MAX(CASE line_code WHEN 'operating_total' THEN amount_cny END),
      MAX(CASE WHEN line_code = 'total' AND measure_code = 'operating' THEN amount_cny END)
    ) AS operating_cny
  FROM conformed.fct_line_amount
  WHERE
    form_code = 'general_budget_basic_expenditure' AND is_preferred
  GROUP BY
    disclosure_id
), three_public AS (
  SELECT
    disclosure_id,
    COALESCE(
      MAX(CASE WHEN phase = 'budget_unspecified' AND item_code = 'total' THEN amount_cny END),
      MAX(CASE WHEN phase = 'adjusted_budget' AND item_code = 'total' THEN amount_cny END),
      MAX(CASE WHEN phase = 'initial_budget' AND item_code = 'total' THEN amount_cny END)
    ) AS three_public_budget_cny,
    MAX(CASE WHEN phase = 'final' AND item_code = 'total' THEN amount_cny END) AS three_public_cny,
    MAX(CASE WHEN phase = 'final' AND item_code = 'overseas' THEN amount_cny END) AS overseas_cny,
    MAX(CASE WHEN phase = 'final' AND item_code = 'vehicles' THEN amount_cny END) AS vehicles_cny,
    MAX(CASE WHEN phase = 'final' AND item_code = 'reception' THEN amount_cny END) AS reception_cny
  FROM conformed.fct_three_public
  GROUP BY
    disclosure_id
), budgets AS (
  SELECT
    disclosure_id,
    MAX(CASE phase WHEN 'initial_budget' THEN amount_cny END) AS initial_budget_cny,
    MAX(CASE phase WHEN 'adjusted_budget' THEN amount_cny END) AS adjusted_budget_cny
  FROM conformed.fct_expenditure
  WHERE
    functional_code = 'total' AND expenditure_nature = 'total' AND fund = 'general'
  GROUP BY
    disclosure_id
), published_budgets AS (
  /* The departmental budget of the same year, for what the final accounts leave unsaid. */
  SELECT
    accounts.disclosure_id,
    MIN(budgets.disclosure_id) AS budget_disclosure_id,
    MIN(expenditure_budgets.initial_budget_cny) AS initial_budget_cny,
    MIN(three_public_budgets.three_public_budget_cny) AS three_public_budget_cny
  FROM conformed.dim_disclosure AS accounts
  JOIN conformed.dim_disclosure AS budgets
    ON budgets.department_id = accounts.department_id
    AND budgets.reporting_scope = accounts.reporting_scope
    AND budgets.fiscal_year = accounts.fiscal_year
    AND budgets.is_current
    AND budgets.document_kind = 'budget'
  LEFT JOIN budgets AS expenditure_budgets
    ON expenditure_budgets.disclosure_id = budgets.disclosure_id
  LEFT JOIN three_public AS three_public_budgets
    ON three_public_budgets.disclosure_id = budgets.disclosure_id
  WHERE
    accounts.document_kind = 'final_accounts'
  GROUP BY
    accounts.disclosure_id
), finding_counts AS (
  SELECT
    disclosure_id,
    COUNT(*) FILTER(WHERE
      review_status = 'open') AS findings_count
  FROM marts.findings
  GROUP BY
    disclosure_id
), years AS (
  SELECT
    disclosures.disclosure_id,
    disclosures.document_id,
    disclosures.department_id,
    departments.name_zh AS department_name_zh,
    disclosures.fiscal_year,
    disclosures.reporting_scope,
    income.income_cny,
    income.fiscal_income_cny,
    expenditure.expenditure_cny,
    expenditure.basic_expenditure_cny,
    expenditure.project_expenditure_cny,
    expenditure.general_budget_expenditure_cny,
    expenditure.government_fund_expenditure_cny,
    expenditure.state_capital_expenditure_cny,
    carryover.opening_carryover_cny,
    carryover.closing_carryover_cny,
    basic_detail.personnel_cny,
    basic_detail.operating_cny,
    COALESCE(three_public.three_public_budget_cny, published_budgets.three_public_budget_cny) AS three_public_budget_cny,
    CASE
      WHEN NOT three_public.three_public_budget_cny IS NULL
      THEN 'final_accounts'
      WHEN NOT published_budgets.three_public_budget_cny IS NULL
      THEN 'budget'
    END AS three_public_budget_source,
    three_public.three_public_cny,
    three_public.overseas_cny,
    three_public.vehicles_cny,
    three_public.reception_cny,
    COALESCE(budgets.initial_budget_cny, published_budgets.initial_budget_cny) AS initial_budget_cny,
    CASE
      WHEN NOT budgets.initial_budget_cny IS NULL
      THEN 'final_accounts'
      WHEN NOT published_budgets.initial_budget_cny IS NULL
      THEN 'budget'
    END AS initial_budget_source,
    published_budgets.budget_disclosure_id,
    budgets.adjusted_budget_cny,
    COALESCE(finding_counts.findings_count, 0) AS findings_count,
    quality.forms_coverage,
    quality.evaluable_share,
    previous.income_cny AS previous_income_cny,
    previous.expenditure_cny AS previous_expenditure_cny
  FROM conformed.dim_disclosure AS disclosures
  JOIN conformed.dim_department AS departments
    ON departments.department_id = disclosures.department_id
  LEFT JOIN income
    ON income.disclosure_id = disclosures.disclosure_id
  LEFT JOIN expenditure
    ON expenditure.disclosure_id = disclosures.disclosure_id
  LEFT JOIN carryover
    ON carryover.disclosure_id = disclosures.disclosure_id
  LEFT JOIN basic_detail
    ON basic_detail.disclosure_id = disclosures.disclosure_id
  LEFT JOIN three_public
    ON three_public.disclosure_id = disclosures.disclosure_id
  LEFT JOIN budgets
    ON budgets.disclosure_id = disclosures.disclosure_id
  LEFT JOIN published_budgets
    ON published_budgets.disclosure_id = disclosures.disclosure_id
  LEFT JOIN finding_counts
    ON finding_counts.disclosure_id = disclosures.disclosure_id
  LEFT JOIN marts.document_quality AS quality
    ON quality.document_id = disclosures.document_id
  LEFT JOIN (
    SELECT
      before.department_id,
      before.reporting_scope,
      before.fiscal_year,
      before_income.income_cny,
      before_expenditure.expenditure_cny
    FROM conformed.dim_disclosure AS before
    LEFT JOIN income AS before_income
      ON before_income.disclosure_id = before.disclosure_id
    LEFT JOIN expenditure AS before_expenditure
      ON before_expenditure.disclosure_id = before.disclosure_id
    WHERE
      before.is_current AND before.document_kind = 'final_accounts'
  ) AS previous
    ON previous.department_id = disclosures.department_id
    AND previous.reporting_scope = disclosures.reporting_scope
    AND previous.fiscal_year = disclosures.fiscal_year - 1
  WHERE
    disclosures.is_current AND disclosures.document_kind = 'final_accounts'
)
SELECT
  department_id::TEXT AS department_id, /* 部门编号 */
  department_name_zh::TEXT AS department_name_zh, /* 部门名称 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  income_cny::DECIMAL(20, 2) AS income_cny, /* 本年收入合计（元） */
  fiscal_income_cny::DECIMAL(20, 2) AS fiscal_income_cny, /* 其中财政拨款收入（元） */
  expenditure_cny::DECIMAL(20, 2) AS expenditure_cny, /* 本年支出合计（元） */
  basic_expenditure_cny::DECIMAL(20, 2) AS basic_expenditure_cny, /* 其中基本支出（元） */
  project_expenditure_cny::DECIMAL(20, 2) AS project_expenditure_cny, /* 其中项目支出（元） */
  general_budget_expenditure_cny::DECIMAL(20, 2) AS general_budget_expenditure_cny, /* 一般公共预算财政拨款支出（元） */
  government_fund_expenditure_cny::DECIMAL(20, 2) AS government_fund_expenditure_cny, /* 政府性基金预算财政拨款支出（元） */
  state_capital_expenditure_cny::DECIMAL(20, 2) AS state_capital_expenditure_cny, /* 国有资本经营预算财政拨款支出（元） */
  opening_carryover_cny::DECIMAL(20, 2) AS opening_carryover_cny, /* 年初结转和结余（元） */
  closing_carryover_cny::DECIMAL(20, 2) AS closing_carryover_cny, /* 年末结转和结余（元） */
  personnel_cny::DECIMAL(20, 2) AS personnel_cny, /* 人员经费（元） */
  operating_cny::DECIMAL(20, 2) AS operating_cny, /* 公用经费（元） */
  initial_budget_cny::DECIMAL(20, 2) AS initial_budget_cny, /* 一般公共预算年初预算（元）；决算没有说的取同年公开的部门预算 */
  initial_budget_source::TEXT AS initial_budget_source, /* 年初预算出自：final_accounts 决算、budget 部门预算 */
  three_public_budget_cny::DECIMAL(20, 2) AS three_public_budget_cny, /* “三公”经费预算数（元）；表列年初与全年两数时取全年，决算没有说的取同年公开的部门预算 */
  three_public_budget_source::TEXT AS three_public_budget_source, /* “三公”预算数出自：final_accounts 决算、budget 部门预算 */
  budget_disclosure_id::TEXT AS budget_disclosure_id, /* 同年公开的部门预算；没有则为空 */
  three_public_cny::DECIMAL(20, 2) AS three_public_cny, /* “三公”经费决算数（元） */
  overseas_cny::DECIMAL(20, 2) AS overseas_cny, /* 因公出国（境）费决算数（元） */
  vehicles_cny::DECIMAL(20, 2) AS vehicles_cny, /* 公务用车购置及运行维护费决算数（元） */
  reception_cny::DECIMAL(20, 2) AS reception_cny, /* 公务接待费决算数（元） */
  (
    income_cny / 10000
  )::DECIMAL(20, 6) AS income_wan, /* 本年收入合计（万元） */
  (
    expenditure_cny / 10000
  )::DECIMAL(20, 6) AS expenditure_wan, /* 本年支出合计（万元） */
  (
    basic_expenditure_cny / 10000
  )::DECIMAL(20, 6) AS basic_expenditure_wan, /* 其中基本支出（万元） */
  (
    project_expenditure_cny / 10000
  )::DECIMAL(20, 6) AS project_expenditure_wan, /* 其中项目支出（万元） */
  (
    three_public_budget_cny / 10000
  )::DECIMAL(20, 6) AS three_public_budget_wan, /* “三公”经费预算数（万元） */
  (
    three_public_cny / 10000
  )::DECIMAL(20, 6) AS three_public_wan, /* “三公”经费决算数（万元） */
  (
    100 * general_budget_expenditure_cny / NULLIF(initial_budget_cny, 0)
  )::DECIMAL(20, 4) AS initial_budget_completion_pct, /* 完成年初预算率：决算／年初预算（%），一般公共预算 */
  (
    100 * general_budget_expenditure_cny / NULLIF(adjusted_budget_cny, 0)
  )::DECIMAL(20, 4) AS budget_execution_pct, /* 预算执行率：决算／全年预算（%），一般公共预算 */
  (
    100 * (
      adjusted_budget_cny - initial_budget_cny
    ) / NULLIF(initial_budget_cny, 0)
  )::DECIMAL(20, 4) AS budget_adjustment_pct, /* 预算调整率：（全年－年初）／年初（%），一般公共预算 */
  (
    100 * three_public_cny / NULLIF(three_public_budget_cny, 0)
  )::DECIMAL(20, 4) AS three_public_of_budget_pct, /* “三公”决算占预算数（%） */
  (
    100 * basic_expenditure_cny / NULLIF(expenditure_cny, 0)
  )::DECIMAL(20, 4) AS basic_expenditure_share_pct, /* 基本支出占本年支出（%） */
  (
    100 * project_expenditure_cny / NULLIF(expenditure_cny, 0)
  )::DECIMAL(20, 4) AS project_expenditure_share_pct, /* 项目支出占本年支出（%） */
  (
    100 * (
      income_cny - previous_income_cny
    ) / NULLIF(previous_income_cny, 0)
  )::DECIMAL(20, 4) AS income_growth_pct, /* 收入比上年公开的决算增长（%） */
  (
    100 * (
      expenditure_cny - previous_expenditure_cny
    ) / NULLIF(previous_expenditure_cny, 0)
  )::DECIMAL(20, 4) AS expenditure_growth_pct, /* 支出比上年公开的决算增长（%） */
  findings_count::BIGINT AS findings_count, /* 待核疑点个数 */
  forms_coverage::DECIMAL(9, 6) AS coverage, /* 报表数字的落位率，0 至 1 */
  evaluable_share::DECIMAL(9, 6) AS evaluable_share /* 勾稽关系可核对的比例，0 至 1 */
FROM years