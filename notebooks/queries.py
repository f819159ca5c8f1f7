"""What the dashboard asks of the published file; `?` are the values a cell gives."""

# How much is published, in one row.
TOTALS = """
SELECT
  (SELECT count(*) FROM raw.documents WHERE status = 'loaded') AS documents,
  (SELECT count(*) FROM raw.documents) AS files,
  (SELECT count(*) FROM conformed.fct_line_amount) AS amounts,
  (SELECT count(DISTINCT department_id) FROM marts.department_years) AS departments,
  (SELECT concat_ws('–', min(fiscal_year), max(fiscal_year)) FROM marts.department_years)
    AS years
"""

# The files that are not in the figures, and why.
PROBLEMS = """
SELECT file_name, status, status_reason
FROM raw.documents WHERE status <> 'loaded' ORDER BY file_name
"""

# Every department, year and scope in 万元; those with most findings first.
DEPARTMENT_YEARS = """
SELECT
  department_id, disclosure_id, document_id, reporting_scope, department_name_zh, fiscal_year,
  (income_cny / 10000)::DOUBLE AS income,
  (expenditure_cny / 10000)::DOUBLE AS expenditure,
  (basic_expenditure_cny / 10000)::DOUBLE AS basic,
  (project_expenditure_cny / 10000)::DOUBLE AS project,
  (three_public_cny / 10000)::DOUBLE AS three_public,
  expenditure_growth_pct::DOUBLE AS growth,
  findings_count,
  (coverage * 100)::DOUBLE AS coverage,
  (evaluable_share * 100)::DOUBLE AS evaluable
FROM marts.department_years
ORDER BY
  max(findings_count) OVER (PARTITION BY department_id) DESC,
  department_name_zh, department_id, fiscal_year DESC, reporting_scope
"""

# One department, year and scope.
YEAR = """
SELECT * FROM marts.department_years
WHERE department_id = ? AND fiscal_year = ? AND reporting_scope = ?
"""

# The statutory forms that are not in a document.
ABSENT_FORMS = """
SELECT forms.name_zh
FROM marts.document_quality AS quality
JOIN reference.forms AS forms
  ON list_contains(string_split(quality.forms_not_in_file, ','), forms.form_code)
WHERE quality.document_id = ?
ORDER BY forms.form_number
"""

# The tables with figures in a document that are no known form.
UNKNOWN_TABLES = """
SELECT DISTINCT title_zh FROM conformed.unknown_tables WHERE document_id = ? ORDER BY 1
"""

# Expenditure of a disclosure by 类 and nature, in 万元; ? disclosure, ? year.
# 类 is named by the list valid in the year; a code that it does not know keeps only its digits.
FUNCTIONAL_CLASSES = """
WITH classes AS (
  SELECT left(functional_code, 3) AS code, expenditure_nature, sum(amount_cny) AS amount_cny
  FROM conformed.fct_expenditure_leaf
  WHERE disclosure_id = ? AND phase = 'final' AND functional_code <> 'total'
  GROUP BY ALL
)
SELECT
  concat_ws(' ', classes.code, names.name_zh) AS label,
  expenditure_nature,
  (amount_cny / 10000)::DOUBLE AS wan,
  sum(wan) OVER (PARTITION BY classes.code) AS class_wan,
  sum(wan) OVER () AS total_wan,
  format('{:,.2f} 万元（{:.1f}%）', class_wan, class_wan / total_wan * 100) AS printed
FROM classes
LEFT JOIN conformed.dim_functional_classification AS names
  ON names.code = classes.code
  AND ? BETWEEN names.valid_from_year AND coalesce(names.valid_to_year, 9999)
ORDER BY class_wan DESC, label
"""

# Basic expenditure of a disclosure by economic 类 and 款; ? disclosure, ? year.
ECONOMIC_LEVELS = """
WITH leaves AS (
  SELECT economic_code AS code, line_label_zh, amount_cny
  FROM conformed.fct_economic_leaf
  WHERE disclosure_id = ? AND phase = 'final' AND expenditure_nature = 'basic'
    AND project_id = ''
), levels AS (
  SELECT left(code, 3) AS code, NULL AS line_label_zh, sum(amount_cny) AS amount_cny
  FROM leaves GROUP BY ALL
  UNION ALL
  SELECT * FROM leaves WHERE length(code) = 5
)
SELECT
  length(levels.code) AS code_length,
  concat_ws(' ', levels.code, coalesce(names.name_zh, line_label_zh)) AS label,
  (amount_cny / 10000)::DOUBLE AS wan,
  format('{:,.2f}', wan) AS printed
FROM levels
LEFT JOIN conformed.dim_economic_classification AS names
  ON names.scheme = 'departmental' AND names.code = levels.code
  AND ? BETWEEN names.valid_from_year AND coalesce(names.valid_to_year, 9999)
WHERE amount_cny <> 0
ORDER BY amount_cny DESC, levels.code
"""

# The 三公 amounts of a disclosure.
THREE_PUBLIC = """
SELECT fund, item_code, phase, (amount_cny / 10000)::DOUBLE AS wan, source_kind
FROM conformed.fct_three_public WHERE disclosure_id = ?
"""

# The projects of a department, year and scope; ? disclosure that is preferred.
# A project stated both in the accounts and in a self-evaluation of the year is shown once.
PROJECTS = """
SELECT project_name, budget_cny, executed_cny, self_score, grade,
  CASE WHEN budget_cny > 0 THEN executed_cny::DOUBLE / budget_cny::DOUBLE END AS rate
FROM conformed.fct_project
WHERE department_id = ? AND fiscal_year = ? AND reporting_scope = ?
QUALIFY row_number() OVER (
  PARTITION BY project_name ORDER BY disclosure_id = ? DESC, disclosure_id, project_id
) = 1
ORDER BY rate NULLS LAST, budget_cny DESC NULLS LAST, project_name
"""

# The findings of a department and year, or of all where these are NULL; worst first.
FINDINGS = """
SELECT
  findings.*, coalesce(identities.name_zh, wordings.name_zh) AS identity_zh,
  documents.file_name
FROM marts.findings AS findings
LEFT JOIN reference.identities AS identities USING (identity_id)
LEFT JOIN reference.wording_checks AS wordings ON wordings.check_id = findings.identity_id
LEFT JOIN raw.documents AS documents USING (document_id)
WHERE findings.department_id = coalesce(?, findings.department_id)
  AND findings.fiscal_year = coalesce(?, findings.fiscal_year)
ORDER BY
  findings.review_status = 'waived',
  CASE findings.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
  abs(findings.gap_cny) DESC NULLS LAST, findings.value_unit,
  abs(findings.gap) DESC NULLS LAST, findings.finding_id
"""

# The results that one finding joins.
# What a member is about is said by the first figure of its left side, or else of its right.
MEMBERS = """
SELECT
  members.member_number, identities.name_zh,
  arg_min(
    concat_ws(
      ' ', stated.functional_code, stated.economic_code, stated.line_label_zh,
      '·', stated.measure_label_zh
    ),
    (evidence.side <> 'lhs', evidence.term_number, evidence.stated_value_id)
  ) AS figure_zh,
  any_value(results.lhs_value) AS lhs_value,
  any_value(results.rhs_value) AS rhs_value,
  any_value(results.gap) AS gap,
  any_value(results.value_unit) AS value_unit
FROM marts.finding_members AS members
JOIN conformed.fct_identity_result AS results USING (identity_result_id)
JOIN reference.identities AS identities ON identities.identity_id = results.identity_id
LEFT JOIN conformed.identity_evidence AS evidence
  ON evidence.identity_result_id = results.identity_result_id
LEFT JOIN conformed.fct_stated_value AS stated
  ON stated.stated_value_id = evidence.stated_value_id
WHERE members.finding_id = ?
GROUP BY ALL
ORDER BY members.member_number
"""
