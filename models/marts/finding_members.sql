/* The results behind each finding. One cause is one finding: an identity broken on one line
in several measures; identities of one group in the catalogue (finding_group) that one project
breaks; a red flag that many projects of one document raise alike (finding_per document); whatever
rests on a form whose figures stand a row or a column off; and results that share a figure and are off
by the same amount, for then that figure is what is wrong.
One row per finding and identity result. */
MODEL (
  name marts.finding_members,
  kind FULL,
  grain (finding_id, identity_result_id),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (finding_id, identity_result_id)),
    NOT_NULL(columns := (finding_id, identity_result_id, document_id))
  )
);

WITH derailed AS (
  SELECT
    evidence.identity_result_id,
    MIN(forms.form_code) AS form_code
  FROM conformed.identity_evidence AS evidence
  JOIN conformed.fct_stated_value AS stated
    ON stated.stated_value_id = evidence.stated_value_id
  JOIN conformed.derailed_forms AS forms
    ON forms.disclosure_id = stated.disclosure_id AND forms.form_code = stated.form_code
  GROUP BY
    evidence.identity_result_id
), broken AS (
  SELECT
    results.identity_result_id,
    results.identity_id,
    results.document_id,
    results.gap,
    results.value_unit,
    results.severity,
    identities.finding_per,
    MD5(
      CONCAT_WS(
        '|',
        COALESCE('derailed ' || derailed.form_code, NULLIF(identities.finding_group, ''), results.identity_id),
        results.department_id,
        disclosures.reporting_scope,
        disclosures.document_kind,
        results.fiscal_year,
        CASE
          WHEN identities.finding_per = 'document' OR NOT derailed.form_code IS NULL
          THEN ''
          WHEN COALESCE(identities.finding_group, '') <> ''
          THEN COALESCE(REGEXP_EXTRACT(results.scope_line_code, '(project-[0-9a-f]+)', 1), '')
          ELSE COALESCE(results.scope_line_code, '')
        END
      )
    ) AS point
  FROM conformed.fct_identity_result AS results
  JOIN reference.identities AS identities
    ON identities.identity_id = results.identity_id
  JOIN conformed.dim_disclosure AS disclosures
    ON disclosures.disclosure_id = results.disclosure_id
  LEFT JOIN derailed
    ON derailed.identity_result_id = results.identity_result_id
  WHERE
    results.verdict IN ('mismatch', 'implausible')
), wordings AS (
  SELECT
    results.wording_result_id,
    results.document_id,
    results.item_key,
    results.sentence_id,
    results.cell_id,
    MD5(
      CONCAT_WS(
        '|',
        results.check_id,
        results.department_id,
        COALESCE(disclosures.reporting_scope, ''),
        disclosures.document_kind,
        results.fiscal_year,
        CASE WHEN checks.finding_per = 'document' THEN '' ELSE results.item_key END
      )
    ) AS point
  FROM conformed.fct_wording_result AS results
  JOIN reference.wording_checks AS checks
    ON checks.check_id = results.check_id
  JOIN conformed.dim_disclosure AS disclosures
    ON disclosures.disclosure_id = results.disclosure_id
), terms AS (
  SELECT
    broken.point,
    broken.value_unit,
    ABS(broken.gap) AS gap_size,
    evidence.stated_value_id
  FROM broken
  JOIN conformed.identity_evidence AS evidence
    ON evidence.identity_result_id = broken.identity_result_id
  WHERE
    broken.finding_per <> 'document'
), links AS (
  SELECT DISTINCT
    terms.point,
    others.point AS other_point
  FROM terms
  JOIN terms AS others
    ON others.stated_value_id = terms.stated_value_id
    AND others.gap_size = terms.gap_size
    AND others.value_unit = terms.value_unit
), neighbours AS (
  SELECT
    point,
    MIN(other_point) AS first_point
  FROM links
  GROUP BY
    point
), causes AS (
  /* A second step joins what is linked through a third result. */
  SELECT
    links.point,
    MIN(neighbours.first_point) AS cause
  FROM links
  JOIN neighbours
    ON neighbours.point = links.other_point
  GROUP BY
    links.point
), first_values AS (
  SELECT
    identity_result_id,
    MIN(stated_value_id) AS first_value_id
  FROM conformed.identity_evidence
  GROUP BY
    identity_result_id
), caused AS (
  SELECT
    broken.*,
    first_values.first_value_id,
    COALESCE(causes.cause, broken.point) AS cause
  FROM broken
  LEFT JOIN first_values
    ON first_values.identity_result_id = broken.identity_result_id
  LEFT JOIN causes
    ON causes.point = broken.point
), members AS (
  SELECT
    cause AS point,
    identity_result_id,
    document_id,
    ROW_NUMBER() OVER (
      PARTITION BY document_id, cause
      ORDER BY CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, CASE WHEN identity_id LIKE 'narrative.%' THEN 2 ELSE 1 END, ABS(gap) DESC, CASE WHEN gap > 0 THEN 1 ELSE 2 END, first_value_id, identity_result_id
    ) AS member_number
  FROM caused
  UNION ALL
  SELECT
    point,
    wording_result_id AS identity_result_id,
    document_id,
    ROW_NUMBER() OVER (PARTITION BY document_id, point ORDER BY COALESCE(sentence_id, cell_id), item_key, wording_result_id) AS member_number
  FROM wordings
)
SELECT
  'finding-' || SUBSTRING(point, 1, 16)::TEXT AS finding_id, /* 疑点编号，重建后不变 */
  identity_result_id::TEXT AS identity_result_id, /* 核对结果编号；文字疑点则为文字核对结果编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  member_number::INT AS member_number /* 1 为疑点的文字所依据的一项 */
FROM members