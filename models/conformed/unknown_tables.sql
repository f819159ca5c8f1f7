/* Tables with figures that are no form this warehouse knows, by their title: nothing of them is a stated
value until a row of seeds/form_titles.csv says what they are. A table of the numbers of pages or of
nothing but ordinals states no figures. One row per such table. */
MODEL (
  name conformed.unknown_tables,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain table_id,
  audits (
    UNIQUE_VALUES(columns := (
      table_id
    )),
    NOT_NULL(columns := (table_id, document_id, title_zh, figure_count))
  )
);

WITH figures AS (
  SELECT
    cells.document_id,
    cells.reading_number,
    cells.table_number,
    COUNT(*) AS figure_count,
    MIN(cells.cell_id) AS first_cell_id
  FROM raw.cells AS cells
  WHERE
    cells.cell_kind = 'value'
    AND NOT cells.is_personal
    AND REGEXP_FULL_MATCH(REGEXP_REPLACE(cells.cell_text, '[\s\p{Z},，]', '', 'g'), '[-－]?[0-9０-９]+([.．][0-9０-９]+)?[%％]?')
  GROUP BY
    cells.document_id,
    cells.reading_number,
    cells.table_number
), headers AS (
  SELECT
    document_id,
    reading_number,
    table_number,
    LISTAGG(DISTINCT column_label, '|'
    ORDER BY
      column_label) AS header_zh
  FROM raw.cells
  WHERE
    cell_kind = 'value' AND column_label <> '' AND NOT is_personal
  GROUP BY
    document_id,
    reading_number,
    table_number
)
SELECT
  tables.table_id::TEXT AS table_id, /* 表的编号 */
  tables.document_id::TEXT AS document_id, /* 文件编号 */
  tables.table_number::INT AS table_number, /* 文件内第几张表 */
  COALESCE(
    NULLIF(tables.form_title, ''),
    NULLIF(tables.caption, ''),
    '（无题）' || COALESCE(SUBSTRING(headers.header_zh, 1, 40), '')
  )::TEXT AS title_zh, /* 表题；没有表题则为表上文字或栏目 */
  headers.header_zh::TEXT AS header_zh, /* 各栏标题 */
  tables.first_page::INT AS first_page, /* 首页 */
  tables.first_line::INT AS first_line, /* 首行 */
  figures.figure_count::BIGINT AS figure_count, /* 表内数字个数 */
  figures.first_cell_id::TEXT AS first_cell_id /* 其中第一个单元格 */
FROM raw.tables AS tables
JOIN raw.documents AS documents
  ON documents.document_id = tables.document_id
  AND documents.status IN ('loaded', 'superseded', 'quarantined')
JOIN figures
  ON figures.document_id = tables.document_id
  AND figures.reading_number = tables.reading_number
  AND figures.table_number = tables.table_number
LEFT JOIN headers
  ON headers.document_id = tables.document_id
  AND headers.reading_number = tables.reading_number
  AND headers.table_number = tables.table_number
LEFT JOIN staging.form_tables AS forms
  ON forms.table_id = tables.table_id
WHERE
  forms.table_id IS NULL AND tables.reading_number = 1