/* Where the gap of a finding reappears: another functional code off by the same amount the other way,
or stated at just that amount. It suggests a reclassification between the two (疑科目调整). A gap that
rounding nearly explains is left out: small amounts meet by chance. One row per identity result. */
MODEL (
  name marts.finding_counterparts,
  kind FULL,
  grain identity_result_id,
  audits (
    UNIQUE_VALUES(columns := (
      identity_result_id
    )),
    NOT_NULL(columns := (identity_result_id, functional_code, counterpart_zh))
  )
);

WITH broken AS (
  SELECT
    results.identity_result_id,
    results.identity_id,
    results.disclosure_id,
    results.scope,
    results.scope_line_code,
    results.gap,
    results.tolerance
  FROM conformed.fct_identity_result AS results
  JOIN reference.identities AS identities
    ON identities.identity_id = results.identity_id
  WHERE
    results.verdict = 'mismatch'
    AND results.value_unit = 'CNY'
    AND identities.match_on = 'functional_code'
    AND ABS(results.gap) > 10 * results.tolerance
), opposite AS (
  SELECT
    broken.identity_result_id,
    others.scope_line_code AS functional_code,
    '与' || others.scope_line_code || '的差额恰好相反' AS counterpart_zh
  FROM broken
  JOIN conformed.fct_identity_result AS others
    ON others.identity_id = broken.identity_id
    AND others.disclosure_id = broken.disclosure_id
    AND others.scope <> broken.scope
    AND LENGTH(others.scope_line_code) = LENGTH(broken.scope_line_code)
    AND ABS(others.gap + broken.gap) <= broken.tolerance
), right_sides AS (
  SELECT DISTINCT
    broken.identity_result_id,
    broken.disclosure_id,
    broken.scope_line_code,
    broken.gap,
    broken.tolerance,
    stated.form_code,
    stated.measure_code,
    stated.phase,
    stated.fund
  FROM broken
  JOIN conformed.identity_evidence AS evidence
    ON evidence.identity_result_id = broken.identity_result_id AND evidence.side = 'rhs'
  JOIN conformed.fct_stated_value AS stated
    ON stated.stated_value_id = evidence.stated_value_id
), alike AS (
  SELECT
    right_sides.identity_result_id,
    stated.functional_code,
    '等于' || stated.functional_code || '的' || stated.measure_label_zh || stated.printed || COALESCE(stated.unit_printed, '') AS counterpart_zh
  FROM right_sides
  JOIN conformed.fct_stated_value AS stated
    ON stated.disclosure_id = right_sides.disclosure_id
    AND stated.form_code = right_sides.form_code
    AND stated.measure_code = right_sides.measure_code
    AND stated.phase = right_sides.phase
    AND stated.fund IS NOT DISTINCT FROM right_sides.fund
    AND stated.functional_code <> right_sides.scope_line_code
    AND LENGTH(stated.functional_code) = LENGTH(right_sides.scope_line_code)
    AND ABS(stated.value - ABS(right_sides.gap)) <= right_sides.tolerance
  WHERE
    stated.is_preferred
), found AS (
  SELECT
    opposite.*,
    1 AS preference
  FROM opposite
  UNION ALL
  SELECT
    alike.*,
    2 AS preference
  FROM alike
)
SELECT
  identity_result_id::TEXT AS identity_result_id, /* 核对结果编号 */
  functional_code::TEXT AS functional_code, /* 差额所指的另一科目 */
  counterpart_zh::TEXT AS counterpart_zh /* 差额与之有何关系 */
FROM found
QUALIFY
  ROW_NUMBER() OVER (PARTITION BY identity_result_id ORDER BY preference, functional_code) = 1