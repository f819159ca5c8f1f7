/* Statutory forms that stand in a document more than once with other figures: most of what both
state differs, their totals as well. They may be the forms of several units, and nothing says whose
each is. A form printed again by unit or class, with the same totals, is not here, and neither is
one in which a figure is wrong. One row per document and form. */
MODEL (
  name conformed.forms_stated_twice,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, form_code),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, form_code)),
    NOT_NULL(columns := (document_id, form_code, places_zh))
  )
);

WITH amounts AS (
  SELECT
    placements.document_id,
    placements.form_code,
    placements.table_id,
    placements.table_number,
    placements.block,
    placements.section,
    placements.line_code,
    placements.measure_code,
    placements.phase,
    placements.fund,
    BOOL_OR(CAST(placements.line_role = 'total' AS BOOLEAN)) AS is_total,
    MAX(placements.factor_cny) AS factor_cny,
    SUM(placements.number * placements.factor_cny) AS amount_cny
  FROM conformed.cell_placements AS placements
  JOIN reference.forms AS forms
    ON forms.form_code = placements.form_code AND forms.is_statutory
  WHERE
    placements.unplaced_reason IS NULL AND placements.value_kind = 'amount'
  GROUP BY
    placements.document_id,
    placements.form_code,
    placements.table_id,
    placements.table_number,
    placements.block,
    placements.section,
    placements.line_code,
    placements.measure_code,
    placements.phase,
    placements.fund
), compared AS (
  /* A zero on both sides tells nobody apart. */
  SELECT
    ours.document_id,
    ours.form_code,
    ours.table_id,
    theirs.table_id AS other_table_id,
    COALESCE(ours.is_total, FALSE) AS is_total,
    ABS(ours.amount_cny - theirs.amount_cny) > 0.01 * GREATEST(ours.factor_cny, theirs.factor_cny) AS is_different
  FROM amounts AS ours
  JOIN amounts AS theirs
    ON theirs.document_id = ours.document_id
    AND theirs.form_code = ours.form_code
    AND theirs.table_number > ours.table_number
    AND theirs.block = ours.block
    AND theirs.section = ours.section
    AND theirs.line_code = ours.line_code
    AND theirs.measure_code = ours.measure_code
    AND theirs.phase IS NOT DISTINCT FROM ours.phase
    AND theirs.fund IS NOT DISTINCT FROM ours.fund
  WHERE
    ours.amount_cny <> 0 OR theirs.amount_cny <> 0
), pairs AS (
  SELECT
    document_id,
    form_code,
    table_id,
    other_table_id
  FROM compared
  GROUP BY
    document_id,
    form_code,
    table_id,
    other_table_id
  HAVING
    COUNT(*) > 1
    AND COUNT(*) FILTER(WHERE
      is_different) * 2 > COUNT(*)
    AND (
      BOOL_OR(CAST(is_total AND is_different AS BOOLEAN)) OR NOT BOOL_OR(is_total::BOOLEAN)
    )
), doubled AS (
  SELECT
    document_id,
    form_code,
    table_id
  FROM pairs
  UNION
  SELECT
    document_id,
    form_code,
    other_table_id
  FROM pairs
)
SELECT
  doubled.document_id::TEXT AS document_id, /* 文件编号 */
  doubled.form_code::TEXT AS form_code, /* 报表代码 */
  forms.name_zh::TEXT AS form_name_zh, /* 报表名称 */
  COUNT(*)::BIGINT AS table_count, /* 数字不同的同名报表张数 */
  LISTAGG(
    
      CASE
        WHEN documents.page_count = 1 AND NOT tables.first_line IS NULL
        THEN '第' || tables.first_line || '行'
        ELSE '第' || tables.first_page || '页'
      END,
      '、'
    
    ORDER BY
      tables.table_number
  )::TEXT AS places_zh /* 各在第几页；没有分页的在第几行 */
FROM doubled
JOIN raw.tables AS tables
  ON tables.table_id = doubled.table_id AND tables.document_id = doubled.document_id
JOIN raw.documents AS documents
  ON documents.document_id = doubled.document_id
JOIN reference.forms AS forms
  ON forms.form_code = doubled.form_code
GROUP BY
  doubled.document_id,
  doubled.form_code,
  forms.name_zh