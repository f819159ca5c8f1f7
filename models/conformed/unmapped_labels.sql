/* Labels and headers that no alias knows, with how many figures wait behind each. Mapping one is
adding a row to seeds/label_aliases.csv or seeds/form_columns.csv. One row per document, form,
block, section and unknown label. */
MODEL (
  name conformed.unmapped_labels,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, form_code, block, section, label_kind, label_zh),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, form_code, block, section, label_kind, label_zh)),
    NOT_NULL(columns := (document_id, form_code, label_zh))
  )
);

SELECT
  document_id::TEXT AS document_id, /* 文件编号 */
  form_code::TEXT AS form_code, /* 报表代码 */
  block::TEXT AS block, /* 并列块 */
  section::TEXT AS section, /* 段 */
  CASE unplaced_reason WHEN 'unmapped_label' THEN 'row' ELSE 'column' END::TEXT AS label_kind, /* 行标签或列标题 */
  CASE unplaced_reason
    WHEN 'unmapped_label'
    THEN COALESCE(classification_code || ' ', '') || line_label_zh
    ELSE column_label_zh
  END::TEXT AS label_zh, /* 对不上的标签 */
  COUNT(*)::BIGINT AS cell_count, /* 因此未落位的单元格数 */
  MIN(cell_id)::TEXT AS first_cell_id /* 其中第一个单元格 */
FROM conformed.cell_placements
WHERE
  unplaced_reason IN ('unmapped_label', 'unmapped_column')
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6