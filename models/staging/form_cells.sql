/* The value cells of the recognised forms: labels without ordinals, numbers parsed, blanks told
apart from zeros. No judgement about meaning. One row per value cell and reading. */
MODEL (
  name staging.form_cells,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain cell_id,
  audits (
    UNIQUE_VALUES(columns := (
      cell_id
    )),
    NOT_NULL(columns := (cell_id, document_id, table_id, form_code))
  )
);

WITH cells AS (
  SELECT
    tables.table_id,
    tables.form_code,
    tables.fiscal_year,
    COALESCE(NULLIF(blocks.row_kind, ''), tables.row_kind) AS row_kind,
    cells.cell_id,
    cells.document_id,
    cells.reading_number,
    cells.table_number,
    cells.page_number,
    cells.row_number,
    cells.column_number,
    cells.block_number,
    COALESCE(blocks.block, '') AS block,
    cells.row_code,
    cells.row_label,
    cells.column_label,
    cells.cell_text,
    TRANSLATE(REGEXP_REPLACE(cells.cell_text, '[\s\p{Z},，]', '', 'g'), '０１２３４５６７８９．－−', '0123456789.--') AS compact_text /* Wrapped cells break numbers over lines; full-width digits are the same digits. */
  FROM raw.cells AS cells
  JOIN staging.form_tables AS tables
    ON tables.document_id = cells.document_id AND tables.table_number = cells.table_number
  LEFT JOIN reference.form_blocks AS blocks
    ON blocks.form_code = tables.form_code AND blocks.block_label = cells.block_label
  WHERE
    cells.cell_kind /* Names and phones of persons stay in raw. */ = 'value'
    AND NOT COALESCE(cells.is_personal, FALSE)
)
SELECT
  cells.cell_id::TEXT AS cell_id, /* 单元格编号 */
  cells.document_id::TEXT AS document_id, /* 文件编号 */
  cells.table_id::TEXT AS table_id, /* 表的编号 */
  cells.reading_number::INT AS reading_number, /* 第几种读法 */
  cells.table_number::INT AS table_number, /* 文件内第几张表 */
  cells.page_number::INT AS page_number, /* 页码 */
  cells.row_number::INT AS row_number, /* 行号 */
  cells.column_number::INT AS column_number, /* 列号 */
  cells.block_number::INT AS block_number, /* 第几个并列块 */
  cells.form_code::TEXT AS form_code, /* 报表代码 */
  cells.row_kind::TEXT AS row_kind, /* 行的种类 */
  cells.block::TEXT AS block, /* 并列块：income 收入、expenditure 支出，或空 */
  CASE WHEN REGEXP_FULL_MATCH(cells.row_code, '[0-9]{3}([0-9]{2}){0,2}') THEN cells.row_code END::TEXT AS classification_code, /* 印出的科目编码 */
  REGEXP_REPLACE(
    COALESCE(NULLIF(cells.row_label, ''), cells.row_code, ''),
    '^([一二三四五六七八九十]+[、.]|\([一二三四五六七八九十0-9]+\)|[0-9]+[、.．])',
    ''
  )::TEXT AS label_zh, /* 行标签，去掉序号 */
  COALESCE(cells.row_label, '')::TEXT AS printed_label_zh, /* 行标签，如所印 */
  REGEXP_REPLACE(COALESCE(cells.column_label, ''), '(^|/)' || COALESCE(cells.fiscal_year::TEXT, '#') || '年度?', '\1')::TEXT AS column_label_zh, /* 列标题路径，去掉本年年份 */
  TRIM(cells.cell_text)::TEXT AS printed, /* 单元格内容，如所印 */
  (
    cells.compact_text IS NULL OR REGEXP_FULL_MATCH(cells.compact_text, '[-—–/]*')
  )::BOOLEAN AS is_blank, /* 空白（不是零） */
  CASE
    WHEN REGEXP_FULL_MATCH(cells.compact_text, '-?[0-9]+(\.[0-9]+)?')
    THEN TRY_CAST(cells.compact_text AS DECIMAL(24, 6))
  END::DECIMAL(24, 6) AS number, /* 数值，以印出的单位计 */
  CASE
    WHEN REGEXP_FULL_MATCH(cells.compact_text, '-?[0-9]+(\.[0-9]+)?[%％分]')
    THEN TRY_CAST(REGEXP_REPLACE(cells.compact_text, '[%％分]$', '') AS DECIMAL(24, 6))
  END::DECIMAL(24, 6) AS marked_number, /* 带百分号或“分”字的数值 */
  LENGTH(REGEXP_EXTRACT(cells.compact_text, '\.([0-9]+)[%％分]?$', 1))::INT AS decimal_count /* 小数位数 */
FROM cells