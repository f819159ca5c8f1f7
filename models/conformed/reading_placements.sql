/* Where each value cell of a form belongs, in whichever reading: its line and its measure, or the one
reason why it has no place. The first reading of a table is whole; a further one holds the cells that
it reads otherwise. One row per value cell and reading. */
MODEL (
  name conformed.reading_placements,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain cell_id,
  audits (
    UNIQUE_VALUES(columns := (
      cell_id
    )),
    NOT_NULL(columns := (cell_id, document_id, form_code)),
    ACCEPTED_VALUES(
      "column" := unplaced_reason,
      is_in := ('blank', 'free_text', 'unmapped_label', 'unmapped_column', 'not_a_number', 'unit_missing')
    )
  )
);

WITH headers AS (
  SELECT DISTINCT
    cells.table_id,
    tables.document_kind,
    cells.form_code,
    cells.block,
    cells.block_number,
    cells.column_label_zh
  FROM staging.form_cells AS cells
  JOIN staging.form_tables AS tables
    ON tables.table_id = cells.table_id
), known_columns AS (
  /* What a header means in the documents of one kind goes before what it means in all. */
  SELECT
    NULL::TEXT AS document_kind,
    columns.*
  FROM reference.form_columns AS columns
  UNION ALL
  SELECT
    columns.*
  FROM reference.form_columns_by_kind AS columns
), paths AS (
  /* A phase (预算数, 决算数) stands above or below the measure: the path is matched without it. */
  SELECT
    headers.*,
    headers.column_label_zh AS path,
    NULL::TEXT AS phase_in_header
  FROM headers
  UNION ALL
  SELECT
    headers.*,
    TRIM(REPLACE('/' || headers.column_label_zh || '/', '/' || phases.header_suffix || '/', '/'), '/') AS path,
    phases.phase AS phase_in_header
  FROM headers
  JOIN reference.form_columns AS phases
    ON phases.form_code = headers.form_code
    AND phases.block = headers.block
    AND phases.value_kind = 'phase'
    AND CONTAINS('/' || headers.column_label_zh || '/', '/' || phases.header_suffix || '/')
), columns_matched AS (
  /* Headers carry wrappers above the measure; the longest known ending is what the column means.
  An empty ending: the column says only the phase, and each row its measure. */
  SELECT
    paths.table_id,
    paths.block_number,
    paths.column_label_zh,
    paths.phase_in_header,
    measures.*
    EXCLUDE (document_kind),
    ROW_NUMBER() OVER (
      PARTITION BY paths.table_id, paths.block_number, paths.column_label_zh
      ORDER BY CASE WHEN paths.phase_in_header IS NULL THEN 2 ELSE 1 END, LENGTH(measures.header_suffix) DESC, measures.document_kind
    ) AS match_number
  FROM paths
  JOIN known_columns AS measures
    ON measures.form_code = paths.form_code
    AND (
      measures.document_kind IS NULL OR measures.document_kind = paths.document_kind
    )
    AND measures.block = paths.block
    AND measures.value_kind <> 'phase'
    AND ENDS_WITH('/' || paths.path, '/' || measures.header_suffix)
    AND NOT (
      measures.header_suffix = '' AND paths.path <> '' AND paths.phase_in_header IS NULL
    )
), columns_known AS (
  SELECT
    columns_matched.*,
    MAX(LENGTH(header_suffix)) OVER (PARTITION BY table_id, block_number, measure_code, COALESCE(phase_in_header, phase)) AS longest_suffix
  FROM columns_matched
  WHERE
    match_number = 1
), placed AS (
  SELECT
    cells.*
    EXCLUDE (number),
    CASE
      WHEN cells.form_code = 'project_self_evaluation_form'
      AND measures.value_kind = 'score'
      AND REGEXP_MATCHES(cells.printed, '[0-9]\s*\n\s*[0-9]')
      THEN NULL
      WHEN measures.value_kind IN ('ratio', 'score')
      THEN COALESCE(cells.number, cells.marked_number)
      ELSE cells.number
    END AS number, /* Two scores on two lines of one cell are no score. */
    lines.section,
    lines.line_code,
    lines.line_role,
    lines.parent_line_code,
    measures.header_suffix,
    COALESCE(NULLIF(measures.measure_code, ''), lines.item_code) AS measure_code,
    COALESCE(NULLIF(measures.measure_label_zh, ''), lines.line_label_zh) AS measure_label_zh,
    CASE
      WHEN measures.value_kind <> 'number_or_text'
      THEN measures.value_kind
      WHEN cells.number IS NULL
      THEN 'text'
      ELSE 'count'
    END AS value_kind,
    CASE
      WHEN COALESCE(measures.phase_in_header, measures.phase) IN ('final', 'budget_unspecified')
      THEN COALESCE(tables.phase, measures.phase_in_header, measures.phase)
      ELSE COALESCE(measures.phase_in_header, measures.phase)
    END AS phase, /* Under the title of a budget a figure is that budget, unless its column says otherwise. */
    NULLIF(measures.expenditure_nature, '') AS expenditure_nature,
    COALESCE(NULLIF(measures.income_source_code, ''), lines.income_source_code) AS income_source_code,
    COALESCE(NULLIF(measures.item_code, ''), lines.item_code) AS item_code,
    COALESCE(NULLIF(measures.fund, ''), lines.fund, tables.fund) AS fund,
    COALESCE(tables.project_id, CASE WHEN lines.line_role = 'project' THEN lines.line_code END) AS project_id,
    COALESCE(column_units.unit_zh, tables.unit_zh) AS unit_zh,
    COALESCE(column_units.factor_cny, tables.factor_cny) AS factor_cny
  FROM staging.form_cells AS cells
  JOIN staging.form_tables AS tables
    ON tables.table_id = cells.table_id
  LEFT JOIN conformed.form_lines AS lines
    ON lines.table_id = cells.table_id
    AND lines.block_number = cells.block_number
    AND lines.row_number = cells.row_number
    AND lines.line_label_zh = cells.label_zh
  LEFT JOIN columns_known AS measures
    ON measures.table_id = cells.table_id
    AND measures.block_number = cells.block_number
    AND measures.column_label_zh = cells.column_label_zh
    AND NOT (
      measures.form_code = 'three_public'
      AND measures.measure_code = 'total'
      AND LENGTH(measures.header_suffix) < measures.longest_suffix
    ) /* A bare 合计 beside the total of 三公 takes in 会议费 and 培训费 as well: it is another thing. */
  LEFT JOIN reference.units AS column_units
    ON column_units.unit_text = measures.unit_text
), reasoned AS (
  SELECT
    placed.*,
    CASE
      WHEN placed.is_blank
      THEN 'blank'
      WHEN placed.row_kind = 'prose'
      THEN 'free_text'
      WHEN placed.header_suffix IS NULL
      THEN 'unmapped_column'
      WHEN placed.line_code IS NULL OR placed.measure_code IS NULL
      THEN 'unmapped_label'
      WHEN placed.value_kind <> 'text' AND placed.number IS NULL
      THEN 'not_a_number'
      WHEN placed.value_kind = 'amount' AND placed.factor_cny IS NULL
      THEN 'unit_missing'
    END AS unplaced_reason
  FROM placed
), repeated AS (
  /* Two sources of one meaning: only the first would count. */
  SELECT
    table_id
  FROM reasoned
  WHERE
    reading_number = 1
    AND form_code = 'project_self_evaluation_form'
    AND block = 'funding'
    AND unplaced_reason IS NULL
  GROUP BY
    table_id,
    line_code,
    measure_code
  HAVING
    COUNT(*) > 1
), partly_read AS (
  /* A total of parts that are not all read, or that may be printed twice, is held against nothing. */
  SELECT
    table_id
  FROM reasoned
  WHERE
    reading_number = 1 AND form_code = 'project_self_evaluation_form' AND block IN ('funding', 'scores')
  GROUP BY
    table_id
  HAVING
    COUNT(*) FILTER(WHERE
      unplaced_reason <> 'blank' AND REGEXP_MATCHES(printed, '[0-9]') AND COALESCE(value_kind, '') <> 'text') > 0
    OR (
      COUNT(*) FILTER(WHERE
        block = 'funding' AND line_code = 'total' AND measure_code = 'weight' AND unplaced_reason IS NULL) > 0
      AND COUNT(*) FILTER(WHERE
        block = 'scores'
        AND measure_code = 'weight'
        AND unplaced_reason IS NULL
        AND CONTAINS(label_zh, '预算执行率')) > 0
    )
  UNION
  SELECT
    table_id
  FROM repeated
)
SELECT
  placed.cell_id::TEXT AS cell_id, /* 单元格编号 */
  placed.document_id::TEXT AS document_id, /* 文件编号 */
  placed.table_id::TEXT AS table_id, /* 表的编号 */
  placed.reading_number::INT AS reading_number, /* 第几种读法；1 为整张表，其余只含与之不同的单元格 */
  placed.table_number::INT AS table_number, /* 文件内第几张表 */
  placed.row_number::INT AS row_number, /* 行号 */
  placed.column_number::INT AS column_number, /* 列号 */
  placed.form_code::TEXT AS form_code, /* 报表代码 */
  placed.block::TEXT AS block, /* 并列块 */
  COALESCE(placed.section, '')::TEXT AS section, /* 段 */
  CASE
    WHEN placed.line_code IN ('total', 'total_score') AND NOT partly_read.table_id IS NULL
    THEN placed.line_code || '.partial'
    ELSE placed.line_code
  END::TEXT AS line_code, /* 行代码；其下各数没有读全的合计加 .partial */
  placed.line_role::TEXT AS line_role, /* 行的地位 */
  placed.parent_line_code::TEXT AS parent_line_code, /* 上级行 */
  placed.printed_label_zh::TEXT AS line_label_zh, /* 行标签，如所印 */
  placed.classification_code::TEXT AS classification_code, /* 印出的科目编码 */
  placed.row_kind::TEXT AS row_kind, /* 行的种类 */
  placed.column_label_zh::TEXT AS column_label_zh, /* 列标题路径 */
  placed.measure_code::TEXT AS measure_code, /* 栏目代码 */
  placed.measure_label_zh::TEXT AS measure_label_zh, /* 栏目名称 */
  placed.value_kind::TEXT AS value_kind, /* 值的种类 */
  placed.phase::TEXT AS phase, /* 预决算阶段 */
  placed.fund::TEXT AS fund, /* 资金范围 */
  placed.expenditure_nature::TEXT AS expenditure_nature, /* 支出性质 */
  placed.income_source_code::TEXT AS income_source_code, /* 收入来源 */
  placed.item_code::TEXT AS item_code, /* 三公或结转的种类 */
  placed.project_id::TEXT AS project_id, /* 项目编号 */
  placed.unit_zh::TEXT AS unit_zh, /* 金额单位 */
  placed.factor_cny::BIGINT AS factor_cny, /* 一个金额单位等于多少元 */
  placed.printed::TEXT AS printed, /* 单元格内容，如所印 */
  placed.number::DECIMAL(24, 6) AS number, /* 数值，以印出的单位计 */
  placed.decimal_count::INT AS decimal_count, /* 小数位数 */
  placed.unplaced_reason::TEXT AS unplaced_reason /* 没有落位的原因；落位则为空 */
FROM reasoned AS placed
LEFT JOIN partly_read
  ON partly_read.table_id = placed.table_id