/* Forms in which five lines or more are not the sum of the lines below them: figures that stand a row or
a column off, one cause whatever it breaks. One row per disclosure and form. */
MODEL (
  name conformed.derailed_forms,
  kind FULL,
  grain (disclosure_id, form_code),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, form_code)),
    NOT_NULL(columns := (disclosure_id, form_code, broken_line_count))
  )
);

WITH hierarchies AS (
  SELECT
    identities.identity_id,
    MIN(terms.form_code) AS form_code
  FROM reference.identities AS identities
  JOIN reference.identity_terms AS terms
    ON terms.identity_id = identities.identity_id
  WHERE
    identities.kind = 'hierarchy'
  GROUP BY
    identities.identity_id
)
SELECT
  results.disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  hierarchies.form_code::TEXT AS form_code, /* 报表代码 */
  COUNT(DISTINCT results.scope_line_code)::INT AS broken_line_count /* 不等于所属各行之和的行数 */
FROM conformed.fct_identity_result AS results
JOIN hierarchies
  ON hierarchies.identity_id = results.identity_id
WHERE
  results.verdict = 'mismatch'
GROUP BY
  results.disclosure_id,
  hierarchies.form_code
HAVING
  COUNT(DISTINCT results.scope_line_code) >= 5