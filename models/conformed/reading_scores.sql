/* How well each reading of a table adds up: the hard sums that look at this form alone, held against
the placements of the reading by the rounding rule of conformed.fct_identity_result. Only tables that
can be read in several ways are here. One row per table and reading. */
MODEL (
  name conformed.reading_scores,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (table_id, reading_number),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (table_id, reading_number)),
    NOT_NULL(columns := (table_id, document_id, reading_number, evaluated_identity_count))
  )
);

WITH further AS (
  SELECT
    *
  FROM conformed.reading_placements
  WHERE
    reading_number > 1
), readings AS (
  SELECT
    document_id,
    table_id,
    reading_number,
    COUNT(*) AS changed_cell_count
  FROM further
  GROUP BY
    document_id,
    table_id,
    reading_number
  UNION ALL
  SELECT DISTINCT
    document_id,
    table_id,
    1 AS reading_number,
    0 AS changed_cell_count
  FROM further
), cells AS (
  /* A reading is the first one but for the cells that it reads otherwise. */
  SELECT
    first_placements.*
    REPLACE (readings.reading_number AS reading_number)
  FROM readings
  JOIN conformed.reading_placements AS first_placements
    ON first_placements.table_id = readings.table_id AND first_placements.reading_number = 1
  LEFT JOIN further
    ON further.table_id = readings.table_id
    AND further.reading_number = readings.reading_number
    AND further.row_number = first_placements.row_number
    AND further.column_number = first_placements.column_number
  WHERE
    further.cell_id IS NULL
  UNION ALL
  SELECT
    further.*
  FROM further
), valued AS (
  SELECT
    cells.*,
    CASE cells.value_kind WHEN 'amount' THEN cells.number * cells.factor_cny ELSE cells.number END AS value,
    MAX(CASE cells.value_kind WHEN 'amount' THEN cells.decimal_count END) OVER (PARTITION BY cells.table_id, cells.reading_number, cells.unit_zh) AS table_decimal_count,
    ROW_NUMBER() OVER (
      PARTITION BY cells.table_id, cells.reading_number, cells.block, cells.line_code, cells.project_id, CASE WHEN cells.line_role = 'detail' THEN cells.row_number END, cells.measure_code, cells.phase, cells.fund
      ORDER BY cells.row_number, cells.column_number
    ) AS statement_number
  FROM cells
  WHERE
    cells.unplaced_reason IS NULL
    AND cells.value_kind IN ('amount', 'count', 'score')
    AND NOT cells.number IS NULL
), stated AS (
  SELECT
    valued.*,
    CASE
      WHEN valued.value = 0
      THEN 0
      WHEN valued.value_kind = 'amount'
      THEN valued.factor_cny * 0.5::DECIMAL(24, 6) / POWER(10, COALESCE(valued.table_decimal_count, 0))
      WHEN COALESCE(valued.decimal_count, 0) = 0
      THEN 0
      ELSE 0.5 / POWER(10, valued.decimal_count)
    END AS half_unit
  FROM valued
  WHERE
    valued.statement_number = 1
), own_identities AS (
  /* The sums within one form whose terms are plain values of it. */
  SELECT
    identities.identity_id,
    MIN(identities.kind) AS kind,
    MIN(identities.match_on) AS match_on,
    MIN(identities.valid_from_year) AS valid_from_year,
    MIN(identities.valid_to_year) AS valid_to_year,
    MIN(terms.form_code) AS form_code,
    COUNT(*) FILTER(WHERE
      terms.is_required AND NOT COALESCE(terms.is_closed_list, FALSE)) AS required_count
  FROM reference.identities AS identities
  JOIN reference.identity_terms AS terms
    ON terms.identity_id = identities.identity_id
  WHERE
    identities.severity = 'error'
    AND identities.comparator = 'eq'
    AND identities.kind IN ('sum', 'per_line', 'hierarchy', 'equal')
    AND identities.constant IS NULL
    AND NOT REGEXP_MATCHES(identities.match_on, 'functional|department|year|base|item')
  GROUP BY
    identities.identity_id
  HAVING
    COUNT(DISTINCT terms.form_code) = 1
    AND COUNT(*) = COUNT(*) FILTER(WHERE
      terms.side IN ('lhs', 'rhs')
      AND terms.line_role IN ('self', 'child')
      AND COALESCE(terms.label_pattern, '') = ''
      AND COALESCE(terms.printed_pattern, '') = ''
      AND COALESCE(terms.base, '') = ''
      AND COALESCE(terms.year_offset, 0) = 0)
), evidence AS (
  SELECT
    stated.table_id,
    stated.reading_number,
    own_identities.identity_id,
    own_identities.kind,
    own_identities.required_count,
    terms.term_number,
    terms.side,
    terms.weight,
    terms.is_required AND NOT COALESCE(terms.is_closed_list, FALSE) AS is_required,
    stated.value,
    stated.half_unit,
    CASE
      WHEN CONTAINS(own_identities.match_on, 'line')
      THEN CASE terms.line_role WHEN 'child' THEN stated.parent_line_code ELSE stated.line_code END
      ELSE ''
    END || '|' || CASE WHEN CONTAINS(own_identities.match_on, 'measure') THEN stated.measure_code ELSE '' END || '|' || CASE WHEN CONTAINS(own_identities.match_on, 'phase') THEN stated.phase ELSE '' END || '|' || CASE WHEN CONTAINS(own_identities.match_on, 'fund') THEN COALESCE(stated.fund, '') ELSE '' END || '|' || CASE WHEN CONTAINS(own_identities.match_on, 'project') THEN COALESCE(stated.project_id, '') ELSE '' END || '|' || CASE WHEN CONTAINS(own_identities.match_on, 'row') THEN stated.row_number::TEXT ELSE '' END AS scope
  FROM stated
  JOIN staging.form_tables AS tables
    ON tables.table_id = stated.table_id
  JOIN own_identities
    ON own_identities.form_code = stated.form_code
    AND COALESCE(tables.fiscal_year, own_identities.valid_from_year) BETWEEN own_identities.valid_from_year AND COALESCE(own_identities.valid_to_year, 9999)
  JOIN reference.identity_terms AS terms
    ON terms.identity_id = own_identities.identity_id
    AND (
      terms.block = '' OR terms.block = stated.block
    )
    AND (
      terms.line_pattern = '' OR REGEXP_FULL_MATCH(stated.line_code, terms.line_pattern)
    )
    AND (
      terms.measure_code = '' OR REGEXP_FULL_MATCH(stated.measure_code, terms.measure_code)
    )
    AND (
      terms.phase = '' OR REGEXP_FULL_MATCH(stated.phase, terms.phase)
    )
    AND (
      terms.fund = '' OR REGEXP_FULL_MATCH(stated.fund, terms.fund)
    )
    AND terms.source_kind IN ('', 'table')
    AND (
      terms.document_kind = ''
      OR REGEXP_FULL_MATCH(COALESCE(tables.document_kind, 'final_accounts'), terms.document_kind)
    )
  WHERE
    NOT (
      terms.line_role = 'child' AND stated.parent_line_code IS NULL
    )
), sums AS (
  SELECT
    table_id,
    reading_number,
    identity_id,
    scope,
    SUM(CASE side WHEN 'lhs' THEN weight * value ELSE -weight * value END) AS gap,
    SUM(ABS(weight) * half_unit) AS tolerance,
    SUM(POWER(weight * half_unit, 2) / 3) AS variance
  FROM evidence
  GROUP BY
    table_id,
    reading_number,
    identity_id,
    scope,
    kind,
    required_count
  HAVING
    COUNT(DISTINCT CASE WHEN is_required THEN term_number END) = required_count
    AND COUNT(*) FILTER(WHERE
      side = 'lhs') > 0
    AND COUNT(*) FILTER(WHERE
      side = 'rhs') > 0
), counts AS (
  SELECT
    table_id,
    reading_number,
    COUNT(*) AS evaluated_count,
    COUNT(*) FILTER(WHERE
      ABS(gap) > tolerance OR POWER(gap, 2) > 3.29 * 3.29 * variance) AS broken_count
  FROM sums
  GROUP BY
    table_id,
    reading_number
)
SELECT
  readings.document_id::TEXT AS document_id, /* 文件编号 */
  readings.table_id::TEXT AS table_id, /* 表的编号 */
  readings.reading_number::INT AS reading_number, /* 第几种读法；1 为最先的读法 */
  readings.changed_cell_count::INT AS changed_cell_count, /* 与最先的读法不同的单元格个数 */
  COALESCE(counts.evaluated_count, 0)::INT AS evaluated_identity_count, /* 可以核对的表内勾稽关系个数 */
  COALESCE(counts.broken_count, 0)::INT AS broken_identity_count /* 其中不符的个数 */
FROM readings
LEFT JOIN counts
  ON counts.table_id = readings.table_id AND counts.reading_number = readings.reading_number