/* Projects of the self-evaluation summary with nothing paid and no remark, where a note under that
very form demands one. One row per document and project row. */
MODEL (
  name conformed.wording_missing_remarks,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, item_key),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, item_key)),
    NOT_NULL(columns := (check_id, document_id, item_key, cell_id, words_zh))
  )
);

WITH cells AS (
  SELECT
    *
  FROM conformed.cell_placements
  WHERE
    form_code = 'project_self_evaluation_summary' AND line_role = 'project'
), demands AS (
  SELECT
    patterns.check_id,
    patterns.expected_zh,
    tables.table_id,
    MIN(notes.cell_id) AS note_cell_id
  FROM staging.form_tables AS tables
  JOIN raw.cells AS notes
    ON notes.document_id = tables.document_id
    AND notes.reading_number = tables.reading_number
    AND notes.table_number = tables.table_number
    AND notes.cell_kind = 'note'
    AND NOT notes.is_personal
  JOIN reference.wording_patterns AS patterns
    ON patterns.check_id = 'wording.remark_missing'
    AND patterns.target = 'note'
    AND REGEXP_MATCHES(notes.cell_text, patterns.pattern)
  GROUP BY
    patterns.check_id,
    patterns.expected_zh,
    tables.table_id
)
SELECT
  demands.check_id::TEXT AS check_id, /* 文字核对 */
  executed.document_id::TEXT AS document_id, /* 文件编号 */
  (
    executed.line_code || '|' || executed.row_number
  )::TEXT AS item_key, /* 项目与行 */
  (
    '“' || executed.line_label_zh || '”' || executed.measure_label_zh || executed.printed || '，备注空白'
  )::TEXT AS words_zh, /* 表内怎么说 */
  demands.expected_zh::TEXT AS held_against_zh, /* 表下怎么要求 */
  executed.cell_id::TEXT AS cell_id, /* 为零的单元格 */
  demands.note_cell_id::TEXT AS other_cell_id, /* 表下说明所在的单元格 */
  executed.cell_id::TEXT AS stated_value_id /* 所陈述的零 */
FROM cells AS executed
JOIN cells AS remarks
  ON remarks.table_id = executed.table_id
  AND remarks.row_number = executed.row_number
  AND remarks.measure_code = 'remark'
  AND remarks.unplaced_reason = 'blank'
JOIN demands
  ON demands.table_id = executed.table_id
WHERE
  executed.measure_code = 'executed' AND executed.unplaced_reason IS NULL AND executed.number = 0