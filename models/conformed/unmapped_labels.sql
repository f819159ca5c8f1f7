/* Labels, headers and titles of tables that no seed knows, with how many figures wait behind each.
Mapping one is adding a row to seeds/label_aliases.csv, form_columns.csv or form_titles.csv.
One row per document, form, block, section and unknown label. */
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
  form_code::TEXT AS form_code, /* 报表代码；表题对不上则为空 */
  block::TEXT AS block, /* 并列块 */
  section::TEXT AS section, /* 段 */
  CASE unplaced_reason WHEN 'unmapped_label' THEN 'row' ELSE 'column' END::TEXT AS label_kind, /* row 行标签、column 列标题、title 表题 */
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
UNION ALL
SELECT
  document_id,
  '' AS form_code,
  '' AS block,
  '' AS section,
  'title' AS label_kind,
  title_zh AS label_zh,
  SUM(figure_count) AS cell_count,
  MIN(first_cell_id) AS first_cell_id
FROM conformed.unknown_tables
GROUP BY
  document_id,
  title_zh