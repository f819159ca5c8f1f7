/* Everything a disclosure states, in one long table: the values of the forms, the zeros that an
empty form states in words, and the figures of the prose. Blank cells state nothing and are not here. Amounts are in yuan.
One row per value stated. */
MODEL (
  name conformed.fct_stated_value,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain stated_value_id,
  audits (
    UNIQUE_VALUES(columns := (
      stated_value_id
    )),
    NOT_NULL(columns := (stated_value_id, disclosure_id, document_id, department_id, fiscal_year)),
    ACCEPTED_VALUES("column" := value_kind, is_in := ('amount', 'ratio', 'count', 'score', 'date', 'text'))
  )
);

WITH row_units AS (
  /* An indicator of a report has its unit in a cell of its own: money, percent or a count. */
  SELECT
    cells.table_id,
    cells.row_number,
    cells.printed AS unit_text,
    units.unit_zh,
    units.factor_cny
  FROM conformed.cell_placements AS cells
  LEFT JOIN reference.units AS units
    ON units.unit_text = cells.printed
  WHERE
    cells.row_kind = 'indicator' AND cells.measure_code = 'unit'
), row_rates AS (
  /* What the amounts of a row make of its execution rate, in per cent. */
  SELECT
    table_id,
    row_number,
    MAX(CASE measure_code WHEN 'executed' THEN 100 * number END) / NULLIF(
      MAX(
        CASE
          WHEN measure_code = 'adjusted_budget' OR (
            measure_code = 'budget' AND phase = 'adjusted_budget'
          )
          THEN number
        END
      ),
      0
    ) AS rate
  FROM conformed.cell_placements
  WHERE
    unplaced_reason IS NULL AND value_kind = 'amount'
  GROUP BY
    table_id,
    row_number
), typed AS (
  SELECT
    placements.*
    EXCLUDE (value_kind, number, unit_zh, factor_cny),
    placements.value_kind = 'ratio'
    AND NOT REGEXP_MATCHES(placements.printed || placements.column_label_zh, '[%％]')
    AND ABS(100 * placements.number - row_rates.rate) < ABS(placements.number - row_rates.rate) AS is_fraction, /* 0.98 without a sign is 98 % or 0.98 %: whichever is nearer to the amounts beside it. */
    CASE
      WHEN placements.value_kind = 'count' AND NOT row_units.factor_cny IS NULL
      THEN 'amount'
      WHEN placements.value_kind = 'count' AND row_units.unit_text = '%'
      THEN 'ratio'
      WHEN placements.value_kind = 'text' AND NOT TRY_CAST(placements.printed AS DATE) IS NULL
      THEN 'date'
      ELSE placements.value_kind
    END AS value_kind,
    CASE placements.value_kind
      WHEN 'text'
      THEN DATE_DIFF('DAY', '1970-01-01'::DATE, TRY_CAST(placements.printed AS DATE))
      ELSE placements.number
    END AS number,
    COALESCE(row_units.unit_zh, placements.unit_zh) AS unit_zh,
    COALESCE(row_units.factor_cny, placements.factor_cny) AS factor_cny
  FROM conformed.cell_placements AS placements
  LEFT JOIN row_units
    ON row_units.table_id = CASE WHEN placements.value_kind = 'count' THEN placements.table_id END
    AND row_units.row_number = placements.row_number
  LEFT JOIN row_rates
    ON row_rates.table_id = CASE WHEN placements.value_kind = 'ratio' THEN placements.table_id END
    AND row_rates.row_number = placements.row_number
  WHERE
    placements.unplaced_reason IS NULL
), placements AS (
  SELECT
    placements.*,
    MAX(placements.decimal_count) FILTER(WHERE
      placements.value_kind = 'amount') OVER (PARTITION BY placements.table_id, placements.unit_zh) AS table_decimal_count /* Zeros are printed without their decimals, so the last place is a property of the table. */
  FROM typed AS placements
), stated_in_cells AS (
  SELECT
    cell_id AS stated_value_id,
    document_id,
    value_kind,
    CASE
      WHEN value_kind = 'amount'
      THEN number * factor_cny
      WHEN is_fraction
      THEN 100 * number
      ELSE number
    END AS value,
    CASE value_kind
      WHEN 'amount'
      THEN 'CNY'
      WHEN 'score'
      THEN 'point'
      WHEN 'ratio'
      THEN 'percent'
      WHEN 'date'
      THEN 'day'
    END AS unit,
    CASE value_kind
      WHEN 'amount'
      THEN factor_cny * 0.5::DECIMAL(24, 6) / POWER(10, COALESCE(CASE row_kind WHEN 'indicator' THEN decimal_count ELSE table_decimal_count END, 0))
      WHEN 'ratio'
      THEN CASE WHEN is_fraction THEN 50 ELSE 0.5 END / POWER(10, COALESCE(decimal_count, 0))
      ELSE CASE WHEN COALESCE(decimal_count, 0) = 0 THEN 0 ELSE 0.5 / POWER(10, decimal_count) END
    END AS half_unit,
    printed,
    unit_zh AS unit_printed,
    form_code,
    block,
    section,
    line_code,
    line_role,
    parent_line_code,
    line_label_zh,
    measure_code,
    measure_label_zh,
    CASE
      WHEN row_kind = 'functional' OR (
        row_kind = 'line' AND line_role = 'class'
      )
      THEN CASE WHEN REGEXP_FULL_MATCH(line_code, '[0-9]+') THEN line_code END
    END AS functional_code,
    CASE
      WHEN row_kind IN ('economic', 'spending') AND REGEXP_FULL_MATCH(line_code, '[0-9]+')
      THEN line_code
    END AS economic_code,
    project_id,
    phase,
    fund,
    expenditure_nature,
    income_source_code,
    item_code,
    'table' AS source_kind,
    cell_id,
    NULL AS figure_id,
    NULL AS sentence_id,
    NULL AS base,
    table_number,
    row_number
  FROM placements
), stated_by_empty_forms AS (
  SELECT
    tables.table_id || '-empty-' || columns_stated.measure_code AS stated_value_id,
    tables.document_id,
    columns_stated.value_kind,
    0 AS value,
    'CNY' AS unit,
    0 AS half_unit,
    NULL AS printed,
    tables.unit_zh AS unit_printed,
    tables.form_code,
    '' AS block,
    '' AS section,
    'total' AS line_code,
    'total' AS line_role,
    NULL AS parent_line_code,
    '合计' AS line_label_zh,
    columns_stated.measure_code,
    columns_stated.measure_label_zh,
    NULL AS functional_code,
    NULL AS economic_code,
    NULL AS project_id,
    COALESCE(tables.phase, columns_stated.phase) AS phase,
    tables.fund,
    NULLIF(columns_stated.expenditure_nature, '') AS expenditure_nature,
    NULL AS income_source_code,
    NULLIF(columns_stated.item_code, '') AS item_code,
    'note' AS source_kind,
    tables.empty_note_cell_id AS cell_id,
    NULL AS figure_id,
    NULL AS sentence_id,
    NULL AS base,
    tables.table_number,
    0 AS row_number
  FROM staging.form_tables AS tables
  JOIN reference.form_columns AS columns_stated
    ON columns_stated.form_code = tables.form_code AND columns_stated.is_stated_by_empty_form
  WHERE
    NOT tables.empty_note_cell_id IS NULL
    AND (
      COALESCE(tables.document_kind, '') <> 'budget'
      OR columns_stated.expenditure_nature <> ''
      OR columns_stated.item_code <> ''
    ) /* An empty form of a budget speaks of what is to be spent, not of carry-overs. */
), prose AS (
  SELECT
    narrative.statement_id,
    narrative.document_id,
    narrative.figure_id,
    narrative.sentence_id,
    narrative.section_zh,
    narrative.line_code,
    narrative.functional_code,
    narrative.line_label_zh,
    narrative.measure_code,
    narrative.measure_label_zh,
    narrative.phase,
    narrative.fund,
    narrative.value_kind,
    narrative.value,
    narrative.unit,
    narrative.unit_printed,
    narrative.factor_cny,
    narrative.decimal_count,
    narrative.printed,
    narrative.base,
    FALSE AS is_whole_unit
  FROM conformed.narrative_statements AS narrative
  WHERE
    narrative.unplaced_reason IS NULL
  UNION ALL
  /* A figure is read once: by the grammar if it can. */
  SELECT
    phrases.statement_id,
    phrases.document_id,
    phrases.figure_id,
    phrases.sentence_id,
    phrases.section_zh,
    phrases.line_code,
    phrases.functional_code,
    phrases.line_label_zh,
    phrases.measure_code,
    phrases.measure_label_zh,
    phrases.phase,
    phrases.fund,
    phrases.value_kind,
    phrases.value,
    phrases.unit,
    phrases.unit_printed,
    phrases.factor_cny,
    phrases.decimal_count,
    phrases.printed,
    phrases.base,
    COALESCE(phrases.decimal_count, 0) = 0 AS is_whole_unit /* A budget gives whole 万元 beside 万元 with decimals. */
  FROM conformed.phrase_statements AS phrases
  LEFT JOIN conformed.narrative_statements AS narrative
    ON narrative.statement_id = phrases.statement_id AND narrative.unplaced_reason IS NULL
  WHERE
    phrases.unplaced_reason IS NULL AND narrative.statement_id IS NULL
), stated_in_narrative AS (
  /* In prose the last place is a property of the document's amounts in that unit, but for the whole
  amounts of a budget. */
  SELECT
    statement_id AS stated_value_id,
    document_id,
    value_kind,
    value,
    CASE unit WHEN '%' THEN 'percent' ELSE unit END AS unit,
    CASE value_kind
      WHEN 'amount'
      THEN factor_cny * 0.5::DECIMAL(24, 6) / POWER(
        10,
        CASE
          WHEN is_whole_unit
          THEN 0
          ELSE COALESCE(
            MAX(decimal_count) FILTER(WHERE
              value_kind = 'amount') OVER (PARTITION BY document_id, unit_printed),
            0
          )
        END
      )
      WHEN 'ratio'
      THEN 0.5 / POWER(10, COALESCE(decimal_count, 0))
      ELSE CASE WHEN COALESCE(decimal_count, 0) = 0 THEN 0 ELSE 0.5 / POWER(10, decimal_count) END
    END AS half_unit,
    printed,
    unit_printed,
    'narrative' AS form_code,
    '' AS block,
    section_zh AS section,
    line_code,
    'narrative' AS line_role,
    NULL AS parent_line_code,
    line_label_zh,
    measure_code,
    measure_label_zh,
    functional_code,
    NULL AS economic_code,
    NULL AS project_id,
    phase,
    fund,
    NULL AS expenditure_nature,
    NULL AS income_source_code,
    NULLIF(REGEXP_EXTRACT(line_code, '^three_public\.(.*)$', 1), '') AS item_code,
    'narrative' AS source_kind,
    NULL AS cell_id,
    figure_id,
    sentence_id,
    base,
    NULL AS table_number,
    NULL AS row_number
  FROM prose
), project_codes AS (
  /* What a project spends falls under the functional code that its report names. */
  SELECT
    document_id,
    project_id,
    MIN(REGEXP_EXTRACT(printed, '\[([0-9]{7})\]', 1)) AS functional_code
  FROM stated_in_cells
  WHERE
    block = 'information' AND line_code = 'functional_code'
  GROUP BY
    document_id,
    project_id
), stated AS (
  SELECT
    stated_in_cells.*
    REPLACE (COALESCE(stated_in_cells.functional_code, NULLIF(project_codes.functional_code, '')) AS functional_code)
  FROM stated_in_cells
  LEFT JOIN project_codes
    ON project_codes.document_id = stated_in_cells.document_id
    AND project_codes.project_id = stated_in_cells.project_id
  UNION ALL
  SELECT
    stated_by_empty_forms.*
  FROM stated_by_empty_forms
  UNION ALL
  SELECT
    stated_in_narrative.*
  FROM stated_in_narrative
)
SELECT
  stated.stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  disclosures.disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  stated.document_id::TEXT AS document_id, /* 文件编号 */
  disclosures.department_id::TEXT AS department_id, /* 部门编号 */
  disclosures.reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  disclosures.document_kind::TEXT AS document_kind, /* 文件种类 */
  CASE
    WHEN stated.phase LIKE 'prior_year%'
    THEN disclosures.fiscal_year - 1
    ELSE disclosures.fiscal_year
  END::INT AS fiscal_year, /* 所述年度 */
  disclosures.fiscal_year::INT AS stated_in_year, /* 陈述所在年度 */
  stated.value_kind::TEXT AS value_kind, /* 值的种类：金额、比率、个数、分数、日期、文字 */
  stated.value::DECIMAL(24, 6) AS value, /* 数值；金额以元计 */
  stated.unit::TEXT AS unit, /* 数值的单位 */
  stated.half_unit::DECIMAL(24, 6) AS half_unit, /* 末位的一半，与数值同单位 */
  stated.printed::TEXT AS printed, /* 如所印；空表说明所陈述的零没有印出 */
  stated.unit_printed::TEXT AS unit_printed, /* 印出的单位 */
  stated.form_code::TEXT AS form_code, /* 报表代码 */
  stated.block::TEXT AS block, /* 并列块 */
  stated.section::TEXT AS section, /* 段 */
  stated.line_code::TEXT AS line_code, /* 行代码 */
  stated.line_role::TEXT AS line_role, /* 行的地位 */
  stated.parent_line_code::TEXT AS parent_line_code, /* 上级行 */
  stated.line_label_zh::TEXT AS line_label_zh, /* 行标签，如所印 */
  stated.measure_code::TEXT AS measure_code, /* 栏目代码 */
  stated.measure_label_zh::TEXT AS measure_label_zh, /* 栏目名称 */
  stated.functional_code::TEXT AS functional_code, /* 功能分类科目编码 */
  stated.economic_code::TEXT AS economic_code, /* 经济分类科目编码 */
  stated.project_id::TEXT AS project_id, /* 项目编号 */
  stated.phase::TEXT AS phase, /* 预决算阶段 */
  stated.fund::TEXT AS fund, /* 资金范围 */
  stated.expenditure_nature::TEXT AS expenditure_nature, /* 支出性质 */
  stated.income_source_code::TEXT AS income_source_code, /* 收入来源 */
  stated.item_code::TEXT AS item_code, /* 三公或结转的种类 */
  stated.source_kind::TEXT AS source_kind, /* table 表格、note 表下说明、narrative 情况说明 */
  stated.table_number::INT AS table_number, /* 文件内第几张表 */
  stated.row_number::INT AS row_number, /* 行号 */
  stated.cell_id::TEXT AS cell_id, /* 单元格编号 */
  stated.figure_id::TEXT AS figure_id, /* 文字数字编号 */
  stated.sentence_id::TEXT AS sentence_id, /* 文字陈述所在的句子 */
  stated.base::TEXT AS base, /* 比较、占比或完成率的基数 */
  disclosures.is_current::BOOLEAN AS is_current, /* 是否现行公开 */
  (
    ROW_NUMBER() OVER (
      PARTITION BY disclosures.disclosure_id, stated.form_code, stated.block, stated.line_code, stated.project_id, CASE WHEN stated.line_role = 'detail' THEN stated.row_number END /* Two rows of one code are two details, not a repetition. */, stated.measure_code, stated.phase, stated.fund, stated.base
      ORDER BY disclosures.document_number DESC, stated.table_number, stated.row_number, stated.stated_value_id
    )
  )::INT AS statement_number, /* 同一处第几次陈述；几个文件都说到时，后载入的在前 */
  (
    is_current AND statement_number = 1
  )::BOOLEAN AS is_preferred /* 现行公开中同一处的首选陈述 */
FROM stated
JOIN conformed.bridge_disclosure_document AS disclosures
  ON disclosures.document_id = stated.document_id