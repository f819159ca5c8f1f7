/* The extracted tables that are a known form, recognised by their title without year and department.
One row per recognised table and reading. */
MODEL (
  name staging.form_tables,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain table_id,
  audits (UNIQUE_VALUES(columns := (
      table_id
  )), NOT_NULL(columns := (table_id, document_id, form_code)))
);

WITH titled AS (
  SELECT
    tables.table_id,
    tables.document_id,
    tables.reading_number,
    tables.table_number,
    REGEXP_REPLACE(REPLACE(tables.form_title, COALESCE(documents.department_name_zh, '#'), ''), '^[^(表]*20[0-9]{2}年度?', '') AS bare_title,
    tables.form_title,
    REGEXP_REPLACE(tables.project_zh, '^[0-9A-Z]{8,}[-—]', '') AS project_zh, /* The code that a budget system prints before a name is no part of it. */
    COUNT(*) OVER (
      PARTITION BY tables.document_id, tables.reading_number, REGEXP_REPLACE(tables.project_zh, '^[0-9A-Z]{8,}[-—]', '')
    ) AS namesake_count,
    tables.unit_text,
    documents.department_name_zh,
    documents.fiscal_year,
    documents.document_kind,
    documents.status
  FROM raw.tables AS tables
  JOIN raw.documents AS documents
    ON documents.document_id = tables.document_id
  WHERE
    documents.status IN ('loaded', 'superseded', 'quarantined')
), recognised AS (
  SELECT
    titled.*,
    titles.form_code,
    COALESCE(NULLIF(titles.fund, ''), forms.default_fund) AS fund,
    NULLIF(titles.phase, '') AS phase,
    forms.row_kind,
    CASE titles.form_code
      WHEN 'project_self_evaluation_report'
      THEN REGEXP_REPLACE(titled.form_title, '绩效自评报告$', '')
      WHEN 'project_self_evaluation_form'
      THEN titled.project_zh || CASE WHEN titled.namesake_count > 1 THEN '|' || titled.table_number ELSE '' END /* Units that carry out one project each fill in a form: what one of them states is not the whole. */
    END AS project_key
  FROM titled
  JOIN reference.form_titles AS titles
    ON REGEXP_FULL_MATCH(titled.bare_title, titles.title_pattern)
    AND COALESCE(NULLIF(titles.document_kind, ''), titled.document_kind, '') = COALESCE(titled.document_kind, '')
  JOIN reference.forms AS forms
    ON forms.form_code = titles.form_code
), keyed AS (
  /* Units evaluate projects of one name in files of their own: they are told apart by the file. */
  SELECT
    recognised.*
    REPLACE (CASE
      WHEN recognised.document_kind = 'self_evaluation'
      AND MIN(CASE WHEN recognised.status = 'loaded' THEN recognised.document_id END) OVER namesakes <> MAX(CASE WHEN recognised.status = 'loaded' THEN recognised.document_id END) OVER namesakes
      THEN recognised.project_key || '|' || recognised.document_id
      ELSE recognised.project_key
    END AS project_key)
  FROM recognised
  WINDOW namesakes AS (
    PARTITION BY recognised.department_name_zh, recognised.fiscal_year, recognised.document_kind, recognised.form_code, recognised.project_key
  )
), figures AS (
  SELECT
    document_id,
    reading_number,
    table_number,
    COUNT(*) FILTER(WHERE
      cell_kind = 'value' AND REGEXP_MATCHES(cell_text, '[0-9０-９]')) AS figure_count
  FROM raw.cells
  GROUP BY
    document_id,
    reading_number,
    table_number
), unit_lists AS (
  /* Tables of a budget whose rows are units, not functional classes. */
  SELECT
    document_id,
    reading_number,
    table_number
  FROM raw.cells
  WHERE
    cell_kind = 'header'
  GROUP BY
    document_id,
    reading_number,
    table_number
  HAVING
    COUNT(*) FILTER(WHERE
      REGEXP_FULL_MATCH(TRANSLATE(REGEXP_REPLACE(cell_text, '[\s\p{Z}]', '', 'g'), '（）', '()'), '(预算)?(部门|单位|部门\(单位\))(名称)?')) > 0
    AND COUNT(*) FILTER(WHERE
      REGEXP_MATCHES(cell_text, '科目|功能|分类')) = 0
), empty_notes AS (
  /* The first note under a table that says there is nothing to report. */
  SELECT
    cells.document_id,
    cells.reading_number,
    cells.table_number,
    MIN(cells.cell_id) AS note_cell_id
  FROM raw.cells AS cells
  JOIN reference.empty_form_phrases AS phrases
    ON REGEXP_MATCHES(REGEXP_REPLACE(cells.cell_text, '[\s\p{Z}]', '', 'g'), phrases.phrase_pattern)
  WHERE
    cells.cell_kind = 'note'
  GROUP BY
    cells.document_id,
    cells.reading_number,
    cells.table_number
)
SELECT
  recognised.table_id::TEXT AS table_id, /* 表的编号 */
  recognised.document_id::TEXT AS document_id, /* 文件编号 */
  recognised.reading_number::INT AS reading_number, /* 第几种读法 */
  recognised.table_number::INT AS table_number, /* 文件内第几张表 */
  recognised.form_code::TEXT AS form_code, /* 报表代码 */
  recognised.row_kind::TEXT AS row_kind, /* 行的种类：项目、功能分类、经济分类、单行、项目绩效 */
  recognised.form_title::TEXT AS form_title_zh, /* 印出的表题 */
  recognised.document_kind::TEXT AS document_kind, /* 文件种类 */
  recognised.fund::TEXT AS fund, /* 表题所示的资金范围 */
  recognised.phase::TEXT AS phase, /* 表题所示的预决算阶段：没有另说的栏目都是它；空为各栏自定 */
  CASE
    WHEN NOT recognised.project_key IS NULL
    THEN 'project-' || SUBSTRING(
      MD5(
        COALESCE(recognised.department_name_zh, '') || '|' || COALESCE(recognised.fiscal_year::TEXT, '') || '|' || recognised.project_key
      ),
      1,
      12
    )
  END::TEXT AS project_id, /* 项目编号：自评报告或自评表所述的项目；同一文件内几张同名自评表、各自评文件里的同名项目各自成项 */
  units.unit_zh::TEXT AS unit_zh, /* 金额单位 */
  units.factor_cny::BIGINT AS factor_cny, /* 一个金额单位等于多少元 */
  recognised.department_name_zh::TEXT AS department_name_zh, /* 文件自述的部门名称 */
  recognised.fiscal_year::INT AS fiscal_year, /* 文件自述的年度 */
  (
    NOT unit_lists.table_number IS NULL AND recognised.row_kind = 'functional'
  )::BOOLEAN AS lists_units, /* 各行是单位而不是功能分类科目 */
  COALESCE(figures.figure_count, 0)::INT AS figure_count, /* 表内含数字的单元格数 */
  CASE WHEN COALESCE(figures.figure_count, 0) = 0 THEN empty_notes.note_cell_id END::TEXT AS empty_note_cell_id /* 空表说明所在的单元格；不是空表则为空 */
FROM keyed AS recognised
LEFT JOIN figures
  ON figures.document_id = recognised.document_id
  AND figures.reading_number = recognised.reading_number
  AND figures.table_number = recognised.table_number
LEFT JOIN unit_lists
  ON unit_lists.document_id = CASE WHEN recognised.document_kind = 'budget' THEN recognised.document_id END
  AND unit_lists.reading_number = recognised.reading_number
  AND unit_lists.table_number = recognised.table_number
LEFT JOIN empty_notes
  ON empty_notes.document_id = recognised.document_id
  AND empty_notes.reading_number = recognised.reading_number
  AND empty_notes.table_number = recognised.table_number
LEFT JOIN reference.units AS units
  ON units.unit_text = recognised.unit_text