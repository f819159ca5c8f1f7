/* Whether what was recognised of a scanned form adds up: the error identities that look at this form
alone. A form without amounts has nothing to add up; one with amounts of which nothing could be
checked does not reconcile. One row per scanned form of a document. */
MODEL (
  name conformed.scanned_forms,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, form_code),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, form_code)),
    NOT_NULL(columns := (document_id, form_code, is_reconciled))
  )
);

WITH scanned AS (
  SELECT
    tables.document_id,
    tables.form_code,
    COUNT(*) AS cell_count,
    MIN(cells.confidence) FILTER(WHERE
      cells.cell_text <> '') AS lowest_confidence
  FROM staging.form_tables AS tables
  JOIN raw.cells AS cells
    ON cells.document_id = tables.document_id
    AND cells.reading_number = tables.reading_number
    AND cells.table_number = tables.table_number
  WHERE
    NOT cells.confidence IS NULL
  GROUP BY
    tables.document_id,
    tables.form_code
), amounts AS (
  SELECT
    document_id,
    form_code,
    COUNT(*) AS amount_count
  FROM conformed.cell_placements
  WHERE
    unplaced_reason IS NULL AND value_kind = 'amount'
  GROUP BY
    document_id,
    form_code
), own_identities AS (
  SELECT
    terms.identity_id,
    MIN(terms.form_code) AS form_code
  FROM reference.identity_terms AS terms
  JOIN reference.identities AS identities
    ON identities.identity_id = terms.identity_id AND identities.severity = 'error'
  GROUP BY
    terms.identity_id
  HAVING
    COUNT(DISTINCT COALESCE(terms.form_code, '')) = 1
), checked AS (
  SELECT
    results.document_id,
    own_identities.form_code,
    COUNT(*) FILTER(WHERE
      results.verdict <> 'not_evaluable') AS evaluated_count,
    COUNT(*) FILTER(WHERE
      results.verdict IN ('mismatch', 'implausible')) AS broken_count
  FROM conformed.fct_identity_result AS results
  JOIN own_identities
    ON own_identities.identity_id = results.identity_id
  GROUP BY
    results.document_id,
    own_identities.form_code
)
SELECT
  scanned.document_id::TEXT AS document_id, /* 文件编号 */
  scanned.form_code::TEXT AS form_code, /* 报表代码 */
  forms.name_zh::TEXT AS form_name_zh, /* 报表名称 */
  scanned.cell_count::BIGINT AS cell_count, /* 识别出的单元格个数 */
  scanned.lowest_confidence::DOUBLE AS lowest_confidence, /* 最低的识别置信度，0 至 1 */
  COALESCE(amounts.amount_count, 0)::BIGINT AS amount_count, /* 已落位的金额个数 */
  COALESCE(checked.evaluated_count, 0)::BIGINT AS evaluated_identity_count, /* 已核对的表内勾稽关系个数 */
  COALESCE(checked.broken_count, 0)::BIGINT AS broken_identity_count, /* 其中不符的个数 */
  (
    COALESCE(checked.broken_count, 0) = 0
    AND (
      COALESCE(checked.evaluated_count, 0) > 0
      OR COALESCE(amounts.amount_count, 0) = 0
      OR NOT forms.is_statutory
    )
  )::BOOLEAN AS is_reconciled /* 表内合计是否相符 */
FROM scanned
JOIN reference.forms AS forms
  ON forms.form_code = scanned.form_code
LEFT JOIN amounts
  ON amounts.document_id = scanned.document_id AND amounts.form_code = scanned.form_code
LEFT JOIN checked
  ON checked.document_id = scanned.document_id AND checked.form_code = scanned.form_code