/* Text that stands to the left or right of a form, level with its rows: a column that the rules of
the grid left out would stand there, and no column may be lost in silence. One line alone is a stamp
or a mark on the margin. One row per form, page and side with text beside it. */
MODEL (
  name conformed.text_beside_forms,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (table_id, page_number, side),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (table_id, page_number, side)),
    NOT_NULL(columns := (document_id, form_code, line_count))
  )
);

WITH regions AS (
  SELECT
    tables.document_id,
    tables.table_id,
    tables.form_code,
    cells.page_number,
    MIN(cells.x0) AS x0,
    MIN(cells.top) AS top,
    MAX(cells.x1) AS x1,
    MAX(cells.bottom) AS bottom
  FROM staging.form_tables AS tables
  JOIN raw.cells AS cells
    ON cells.document_id = tables.document_id
    AND cells.reading_number = tables.reading_number
    AND cells.table_number = tables.table_number
  WHERE
    cells.cell_kind IN ('header', 'value') AND NOT cells.x0 IS NULL
  GROUP BY
    tables.document_id,
    tables.table_id,
    tables.form_code,
    cells.page_number
), beside AS (
  SELECT
    regions.document_id,
    regions.table_id,
    regions.form_code,
    regions.page_number,
    CASE WHEN lines.x1 <= regions.x0 + 3 THEN 'left' ELSE 'right' END AS side
  FROM regions
  JOIN raw.lines AS lines
    ON lines.document_id = regions.document_id
    AND lines.page_number = regions.page_number
    AND (
      lines.top + lines.bottom
    ) / 2 BETWEEN regions.top AND regions.bottom
    AND (
      lines.x1 <= regions.x0 + 3 OR lines.x0 >= regions.x1 - 3
    )
)
SELECT
  beside.document_id::TEXT AS document_id, /* 文件编号 */
  beside.table_id::TEXT AS table_id, /* 表的编号 */
  beside.form_code::TEXT AS form_code, /* 报表代码 */
  forms.name_zh::TEXT AS form_name_zh, /* 报表名称 */
  beside.page_number::INT AS page_number, /* 页码 */
  beside.side::TEXT AS side, /* 在表格的哪一侧：left 左、right 右 */
  COUNT(*)::BIGINT AS line_count /* 与表内各行齐平、却不在表格内的文字行数 */
FROM beside
JOIN reference.forms AS forms
  ON forms.form_code = beside.form_code
GROUP BY
  beside.document_id,
  beside.table_id,
  beside.form_code,
  forms.name_zh,
  beside.page_number,
  beside.side
HAVING
  COUNT(*) > 1