/* Where each value cell of a form belongs, in the reading of its table that is kept: its line and its
measure, or the one reason why it has no place. Coverage is counted here. One row per value cell. */
MODEL (
  name conformed.cell_placements,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain cell_id,
  audits (
    UNIQUE_VALUES(columns := (
      cell_id
    )),
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (table_id, row_number, column_number)),
    NOT_NULL(columns := (cell_id, document_id, form_code)),
    ACCEPTED_VALUES(
      "column" := unplaced_reason,
      is_in := (
        'blank',
        'free_text',
        'unmapped_label',
        'unmapped_column',
        'not_a_number',
        'unit_missing',
        'readings_tied'
      )
    )
  )
);

WITH decided_readings AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY table_id) AS reading_count,
    MAX(broken_identity_count) OVER (PARTITION BY table_id) AS most_broken
  FROM conformed.chosen_readings
  WHERE
    reading_number > 1 AND decision IN ('kept_by_identities', 'tied')
), decided_places AS (
  /* The cells that the reading kept, or those tied, read otherwise than the first. What all those
  tied read alike is kept, where their sums hold. */
  SELECT
    placements.table_id,
    placements.row_number,
    placements.column_number,
    MIN(placements.cell_id) AS cell_id,
    (
      COUNT(*) = MIN(readings.reading_count)
      AND COUNT(DISTINCT placements.printed) = 1
      AND MIN(readings.most_broken) = 0
    ) AS is_kept
  FROM decided_readings AS readings
  JOIN conformed.reading_placements AS placements
    ON placements.table_id = readings.table_id AND placements.reading_number = readings.reading_number
  GROUP BY
    placements.table_id,
    placements.row_number,
    placements.column_number
), tied_places AS (
  SELECT
    *
  FROM decided_places
  WHERE
    NOT is_kept
), replaced AS (
  SELECT
    *
  FROM decided_places
  WHERE
    is_kept
)
SELECT
  placements.cell_id::TEXT AS cell_id, /* 单元格编号 */
  placements.document_id::TEXT AS document_id, /* 文件编号 */
  placements.table_id::TEXT AS table_id, /* 表的编号 */
  placements.reading_number::INT AS reading_number, /* 第几种读法；1 为整张表，其余只含与之不同的单元格 */
  placements.table_number::INT AS table_number, /* 文件内第几张表 */
  placements.row_number::INT AS row_number, /* 行号 */
  placements.column_number::INT AS column_number, /* 列号 */
  placements.form_code::TEXT AS form_code, /* 报表代码 */
  placements.block::TEXT AS block, /* 并列块 */
  placements.section::TEXT AS section, /* 段 */
  placements.line_code::TEXT AS line_code, /* 行代码；其下各数没有读全的合计加 .partial */
  placements.line_role::TEXT AS line_role, /* 行的地位 */
  placements.parent_line_code::TEXT AS parent_line_code, /* 上级行 */
  placements.line_label_zh::TEXT AS line_label_zh, /* 行标签，如所印 */
  placements.classification_code::TEXT AS classification_code, /* 印出的科目编码 */
  placements.row_kind::TEXT AS row_kind, /* 行的种类 */
  placements.column_label_zh::TEXT AS column_label_zh, /* 列标题路径 */
  placements.measure_code::TEXT AS measure_code, /* 栏目代码 */
  placements.measure_label_zh::TEXT AS measure_label_zh, /* 栏目名称 */
  placements.value_kind::TEXT AS value_kind, /* 值的种类 */
  placements.phase::TEXT AS phase, /* 预决算阶段 */
  placements.fund::TEXT AS fund, /* 资金范围 */
  placements.expenditure_nature::TEXT AS expenditure_nature, /* 支出性质 */
  placements.income_source_code::TEXT AS income_source_code, /* 收入来源 */
  placements.item_code::TEXT AS item_code, /* 三公或结转的种类 */
  placements.project_id::TEXT AS project_id, /* 项目编号 */
  placements.unit_zh::TEXT AS unit_zh, /* 金额单位 */
  placements.factor_cny::BIGINT AS factor_cny, /* 一个金额单位等于多少元 */
  placements.printed::TEXT AS printed, /* 单元格内容，如所印 */
  placements.number::DECIMAL(24, 6) AS number, /* 数值，以印出的单位计 */
  placements.decimal_count::INT AS decimal_count, /* 小数位数 */
  CASE WHEN NOT tied_places.table_id IS NULL THEN 'readings_tied' ELSE placements.unplaced_reason END::TEXT AS unplaced_reason /* 没有落位的原因；落位则为空 */
FROM conformed.reading_placements AS placements
LEFT JOIN tied_places
  ON tied_places.table_id = placements.table_id
  AND tied_places.row_number = placements.row_number
  AND tied_places.column_number = placements.column_number
LEFT JOIN replaced
  ON replaced.table_id = placements.table_id
  AND replaced.row_number = placements.row_number
  AND replaced.column_number = placements.column_number
WHERE
  CASE
    WHEN replaced.cell_id IS NULL
    THEN placements.reading_number = 1
    ELSE placements.cell_id = replaced.cell_id
  END