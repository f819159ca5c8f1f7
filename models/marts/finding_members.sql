/* The identity results behind each finding: the same identity broken on the same line in several
measures or phases is one finding. One row per finding and identity result. */
MODEL (
  name marts.finding_members,
  kind FULL,
  grain (finding_id, identity_result_id),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (finding_id, identity_result_id)),
    NOT_NULL(columns := (finding_id, identity_result_id, document_id))
  )
);

SELECT
  'finding-' || SUBSTRING(
    MD5(
      CONCAT_WS(
        '|',
        results.identity_id,
        results.department_id,
        disclosures.reporting_scope,
        disclosures.document_kind,
        results.fiscal_year,
        COALESCE(results.scope_line_code, '')
      )
    ),
    1,
    16
  )::TEXT AS finding_id, /* 疑点编号，重建后不变 */
  results.identity_result_id::TEXT AS identity_result_id, /* 核对结果编号 */
  results.document_id::TEXT AS document_id, /* 文件编号 */
  (
    ROW_NUMBER() OVER (
      PARTITION BY results.identity_id, results.disclosure_id, COALESCE(results.scope_line_code, '')
      ORDER BY CASE results.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, ABS(results.gap) DESC, results.identity_result_id
    )
  )::INT AS member_number /* 1 为差额最大的一项，疑点的文字据此写成 */
FROM conformed.fct_identity_result AS results
JOIN conformed.dim_disclosure AS disclosures
  ON disclosures.disclosure_id = results.disclosure_id
WHERE
  results.verdict IN ('mismatch', 'implausible')