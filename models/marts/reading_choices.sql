/* What can be read in several ways, on a scanned form or in a row with fewer cells than columns, and
which reading was kept: every cell that a reading reads otherwise than the first, with both texts and
the sums that decided. One row per cell that was kept, and per reading of one that is tied. */
MODEL (
  name marts.reading_choices,
  kind FULL,
  grain cell_id,
  audits (UNIQUE_VALUES(columns := (
      cell_id
  )), NOT_NULL(columns := (cell_id, document_id, decision)))
);

WITH firsts AS (
  SELECT
    scores.table_id,
    scores.evaluated_identity_count,
    scores.broken_identity_count
  FROM conformed.reading_scores AS scores
  WHERE
    scores.reading_number = 1
)
SELECT
  other_cells.cell_id::TEXT AS cell_id, /* 另一种读法的单元格编号 */
  first_cells.cell_id::TEXT AS first_cell_id, /* 最先读法的单元格编号 */
  readings.document_id::TEXT AS document_id, /* 文件编号 */
  readings.table_id::TEXT AS table_id, /* 表的编号 */
  tables.form_code::TEXT AS form_code, /* 报表代码 */
  tables.form_title_zh::TEXT AS form_title_zh, /* 印出的表题 */
  other_cells.page_number::INT AS page_number, /* 页码 */
  TRIM(other_cells.row_code || ' ' || other_cells.row_label)::TEXT AS row_label_zh, /* 行标签 */
  other_cells.column_label::TEXT AS column_label_zh, /* 列标题 */
  first_cells.cell_text::TEXT AS first_text, /* 最先读作 */
  first_cells.confidence::DOUBLE AS first_confidence, /* 其识别置信度，0 至 1 */
  other_cells.cell_text::TEXT AS other_text, /* 也可读作 */
  other_cells.confidence::DOUBLE AS other_confidence, /* 其识别置信度，0 至 1 */
  readings.reading_number::INT AS reading_number, /* 第几种读法 */
  CASE placed.unplaced_reason WHEN 'readings_tied' THEN 'tied' ELSE 'kept_by_identities' END::TEXT AS decision, /* kept_by_identities 因表内勾稽而取、tied 几种读法不分高下，不落位 */
  CASE
    WHEN placed.unplaced_reason IS DISTINCT FROM 'readings_tied'
    THEN '取“' || COALESCE(NULLIF(other_cells.cell_text, ''), '空白') || '”：照此表内 ' || readings.evaluated_identity_count || ' 条勾稽关系全部相符，照最先所读' || CASE
      WHEN firsts.broken_identity_count > 0
      THEN '有 ' || firsts.broken_identity_count || ' 条不符'
      ELSE '只能核对 ' || firsts.evaluated_identity_count || ' 条'
    END
    WHEN readings.broken_identity_count = 0
    THEN '不落位：有几种读法都使表内勾稽关系全部相符，无从断定，请核对原件'
    ELSE '不落位：这一行的数比栏目少，照哪种读法表内勾稽关系都不全部相符，请核对原件'
  END::TEXT AS reason_zh, /* 取舍的理由 */
  readings.evaluated_identity_count::INT AS evaluated_identity_count, /* 可以核对的表内勾稽关系个数 */
  firsts.broken_identity_count::INT AS first_broken_identity_count /* 照最先的读法不符的个数 */
FROM conformed.chosen_readings AS readings
JOIN firsts
  ON firsts.table_id = readings.table_id
JOIN staging.form_tables AS tables
  ON tables.table_id = readings.table_id
JOIN raw.cells AS other_cells
  ON other_cells.document_id = readings.document_id
  AND other_cells.table_number = tables.table_number
  AND other_cells.reading_number = readings.reading_number
JOIN raw.cells AS first_cells
  ON first_cells.document_id = other_cells.document_id
  AND first_cells.table_number = other_cells.table_number
  AND first_cells.reading_number = 1
  AND first_cells.row_number = other_cells.row_number
  AND first_cells.column_number = other_cells.column_number
JOIN conformed.cell_placements AS placed
  ON placed.table_id = readings.table_id
  AND placed.row_number = other_cells.row_number
  AND placed.column_number = other_cells.column_number
WHERE
  readings.reading_number > 1
  AND readings.decision IN ('kept_by_identities', 'tied')
  AND (
    placed.cell_id = other_cells.cell_id OR placed.unplaced_reason = 'readings_tied'
  )