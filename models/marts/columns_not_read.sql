/* Columns that a form has by its pattern and a table does not show: either the place prints fewer,
and then the sums across the columns still hold, or a column was lost in reading, and then nothing
that sums across them can be believed. One row per table, block number, missing column and phase. */
MODEL (
  name marts.columns_not_read,
  kind FULL,
  grain (table_id, block_number, block, measure_code, fund, phase),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (table_id, block_number, block, measure_code, fund, phase)),
    NOT_NULL(columns := (table_id, document_id, form_code, measure_code, is_lost))
  )
);

WITH tables AS (
  SELECT
    *
  FROM staging.form_tables
  WHERE
    figure_count > 0
), found AS (
  SELECT DISTINCT
    placements.table_id,
    placements.document_id,
    placements.form_code,
    cells.block_number,
    placements.block,
    placements.measure_code,
    COALESCE(placements.fund, '') AS fund,
    COALESCE(placements.phase, '') AS phase
  FROM conformed.cell_placements AS placements
  JOIN staging.form_cells AS cells
    ON cells.cell_id = placements.cell_id
  WHERE
    NOT placements.measure_code IS NULL
), phases AS (
  /* A table of 预算数 and 决算数 has each column twice. */
  SELECT DISTINCT
    found.table_id,
    found.phase
  FROM found
  JOIN reference.form_needed_columns AS needed
    ON needed.form_code = found.form_code
    AND needed.block = found.block
    AND needed.measure_code = found.measure_code
), blocks AS (
  /* The blocks of the economic form all mean the same: each one with codes has its amount. */
  SELECT DISTINCT
    document_id,
    reading_number,
    table_number,
    block_number
  FROM raw.cells
  WHERE
    cell_kind IN ('code', 'label') AND row_code <> ''
), wanted AS (
  SELECT
    tables.table_id,
    tables.document_id,
    tables.table_number,
    tables.form_code,
    needed.block,
    needed.measure_code,
    needed.measure_label_zh,
    needed.fund,
    needed.is_per_block,
    CASE WHEN needed.is_per_block THEN blocks.block_number ELSE 0 END AS block_number,
    phases.phase
  FROM tables
  JOIN reference.form_needed_columns AS needed
    ON needed.form_code = tables.form_code
    AND needed.valid_from_year <= COALESCE(tables.fiscal_year, needed.valid_from_year)
  JOIN phases
    ON phases.table_id = tables.table_id
  LEFT JOIN blocks
    ON blocks.document_id = CASE WHEN needed.is_per_block THEN tables.document_id END
    AND blocks.reading_number = tables.reading_number
    AND blocks.table_number = tables.table_number
), met AS (
  SELECT DISTINCT
    wanted.table_id,
    wanted.block,
    wanted.measure_code,
    wanted.phase,
    wanted.fund,
    wanted.block_number
  FROM wanted
  JOIN found
    ON found.table_id = wanted.table_id
    AND found.block = wanted.block
    AND found.measure_code = wanted.measure_code
    AND found.phase = wanted.phase
    AND (
      wanted.fund = '' OR found.fund = wanted.fund
    )
    AND (
      NOT wanted.is_per_block OR found.block_number = wanted.block_number
    )
), missing AS (
  SELECT DISTINCT
    wanted.*
  FROM wanted
  LEFT JOIN met
    ON met.table_id = wanted.table_id
    AND met.block = wanted.block
    AND met.measure_code = wanted.measure_code
    AND met.phase = wanted.phase
    AND met.fund = wanted.fund
    AND met.block_number = wanted.block_number
  WHERE
    met.table_id IS NULL AND NOT wanted.block_number IS NULL
), read_columns AS (
  SELECT
    table_id,
    COUNT(DISTINCT block || '|' || measure_code || '|' || fund) AS column_count
  FROM found
  GROUP BY
    table_id
), needed_counts AS (
  SELECT
    form_code,
    COUNT(*) AS column_count
  FROM reference.form_needed_columns
  GROUP BY
    form_code
), sums_across AS (
  /* Results whose terms lie in one form and in several of its columns. */
  SELECT
    evidence.identity_result_id,
    stated.document_id,
    MIN(stated.form_code) AS form_code
  FROM conformed.identity_evidence AS evidence
  JOIN conformed.fct_stated_value AS stated
    ON stated.stated_value_id = evidence.stated_value_id
  GROUP BY
    evidence.identity_result_id,
    stated.document_id
  HAVING
    COUNT(DISTINCT stated.form_code) = 1
    AND COUNT(
      DISTINCT COALESCE(stated.block, '') || '|' || stated.measure_code || '|' || COALESCE(stated.fund, '')
    ) > 1
), proofs AS (
  SELECT
    sums_across.document_id,
    sums_across.form_code,
    COUNT(*) FILTER(WHERE
      results.verdict IN ('exact', 'rounding')) AS held_count,
    COUNT(*) FILTER(WHERE
      results.verdict IN ('mismatch', 'implausible')) AS broken_count
  FROM sums_across
  JOIN conformed.fct_identity_result AS results
    ON results.identity_result_id = sums_across.identity_result_id
  GROUP BY
    sums_across.document_id,
    sums_across.form_code
)
SELECT
  missing.table_id::TEXT AS table_id, /* 表的编号 */
  missing.document_id::TEXT AS document_id, /* 文件编号 */
  missing.table_number::INT AS table_number, /* 文件内第几张表 */
  missing.form_code::TEXT AS form_code, /* 报表代码 */
  forms.name_zh::TEXT AS form_zh, /* 报表 */
  missing.block_number::INT AS block_number, /* 第几个并列块；各块栏目不同的表为 0 */
  missing.block::TEXT AS block, /* 并列块 */
  missing.measure_code::TEXT AS measure_code, /* 栏目代码 */
  missing.measure_label_zh::TEXT AS measure_label_zh, /* 栏目名称 */
  missing.fund::TEXT AS fund, /* 资金范围；不分则为空 */
  missing.phase::TEXT AS phase, /* 预决算阶段 */
  (
    waiting.document_id IS NULL
    AND (
      read_columns.column_count > 1 OR needed_counts.column_count <= 2
    )
    AND (
      COALESCE(proofs.held_count, 0) = 0 OR proofs.broken_count > 0
    )
  )::BOOLEAN AS is_lost /* 是否疑为读丢：没有跨栏合计可以证明该地方本来就少印这一栏；未归属的文件尚无核对，不作判断 */
FROM missing
JOIN reference.forms AS forms
  ON forms.form_code = missing.form_code
JOIN read_columns
  ON read_columns.table_id = missing.table_id
JOIN needed_counts
  ON needed_counts.form_code = missing.form_code
LEFT JOIN proofs
  ON proofs.document_id = missing.document_id AND proofs.form_code = missing.form_code
LEFT JOIN marts.unassigned_documents AS waiting
  ON waiting.document_id = missing.document_id