/* What each row of a form is: a printed classification code is the line; every other label means
what its alias says in its form, block and section. A row that is neither stays with an empty
line_code. One row per table, block, row and label (a row of a report may hold several fields). */
MODEL (
  name conformed.form_lines,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (table_id, block_number, row_number, line_label_zh),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (table_id, block_number, row_number, line_label_zh)),
    NOT_NULL(columns := (table_id, document_id, block_number, row_number, line_label_zh))
  )
);

WITH printed_rows AS (
  SELECT
    cells.table_id,
    cells.document_id,
    cells.form_code,
    cells.row_kind,
    cells.block,
    cells.block_number,
    cells.row_number,
    MAX(cells.classification_code) AS classification_code,
    cells.label_zh,
    MAX(cells.printed_label_zh) AS printed_label_zh
  FROM staging.form_cells AS cells
  GROUP BY
    cells.table_id,
    cells.document_id,
    cells.form_code,
    cells.row_kind,
    cells.block,
    cells.block_number,
    cells.row_number,
    cells.label_zh
), opened AS (
  SELECT
    printed_rows.*,
    (
      SELECT
        MAX(openers.opens_section)
      FROM reference.label_aliases AS openers
      WHERE
        openers.opens_section <> ''
        AND openers.form_code = printed_rows.form_code
        AND openers.block = printed_rows.block
        AND openers.label_zh = printed_rows.label_zh
    ) AS opens_section
  FROM printed_rows
), sectioned AS (
  /* A section holds for the rows after the one that opens it, to the end of the block. */
  SELECT
    opened.*,
    COALESCE(
      LAST_VALUE(opened.opens_section IGNORE NULLS) OVER (
        PARTITION BY opened.table_id, opened.block_number
        ORDER BY opened.row_number
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ),
      ''
    ) AS section
  FROM opened
), kinds AS (
  /* 特定目标类/某项目: the kind that a project stands under is no part of its name. */
  SELECT
    form_code,
    label_zh || '/' AS prefix_zh
  FROM reference.label_aliases
  WHERE
    line_role = 'kind'
), labels_of_kinds AS (
  SELECT DISTINCT
    printed_rows.form_code,
    printed_rows.label_zh,
    kinds.prefix_zh
  FROM printed_rows
  JOIN kinds
    ON kinds.form_code = printed_rows.form_code AND STARTS_WITH(printed_rows.label_zh, kinds.prefix_zh)
), known_classes AS (
  SELECT DISTINCT
    'functional' AS row_kind,
    functional_code AS class_code
  FROM reference.functional_classifications
  WHERE
    level = 'class'
  UNION ALL
  SELECT DISTINCT
    row_kinds.row_kind,
    economic_code AS class_code
  FROM reference.economic_classifications
  CROSS JOIN (VALUES
    ('economic'),
    ('spending')) AS row_kinds(row_kind)
  WHERE
    level = 'class' AND scheme = 'departmental'
), mapped AS (
  SELECT
    sectioned.*,
    CASE
      WHEN tables.lists_units AND aliases.line_code IS NULL AND sectioned.label_zh <> ''
      THEN 'unit-' || SUBSTRING(MD5(sectioned.label_zh), 1, 12)
      WHEN NOT sectioned.classification_code IS NULL
      THEN CASE WHEN NOT known_classes.class_code IS NULL THEN sectioned.classification_code END
      WHEN NOT aliases.line_code IS NULL
      THEN aliases.line_code
      WHEN sectioned.row_kind = 'project' AND sectioned.label_zh <> ''
      THEN 'project-' || SUBSTRING(
        MD5(
          COALESCE(tables.department_name_zh, '') || '|' || COALESCE(tables.fiscal_year::TEXT, '') || '|' || COALESCE(SUBSTRING(sectioned.label_zh, LENGTH(kinds.prefix_zh) + 1), sectioned.label_zh) || CASE
            WHEN sectioned.form_code = 'project_budget'
            AND COUNT(*) OVER (PARTITION BY sectioned.table_id, sectioned.label_zh) > 1
            THEN '|' || sectioned.row_number
            ELSE ''
          END
        ),
        1,
        12
      ) /* Units of one department name their projects alike: each row is a project. */
      WHEN sectioned.row_kind = 'spending'
      THEN 'uncoded'
      WHEN sectioned.row_kind = 'source' AND sectioned.label_zh <> ''
      THEN 'source-' || SUBSTRING(MD5(sectioned.label_zh), 1, 12)
      WHEN sectioned.row_kind = 'indicator' AND sectioned.label_zh <> ''
      THEN 'indicator-' || SUBSTRING(MD5(sectioned.label_zh), 1, 12)
    END AS line_code,
    CASE
      WHEN tables.lists_units AND aliases.line_code IS NULL AND sectioned.label_zh <> ''
      THEN 'unit'
      WHEN sectioned.row_kind = 'spending'
      THEN 'detail'
      WHEN NOT sectioned.classification_code IS NULL
      THEN CASE LENGTH(sectioned.classification_code) WHEN 3 THEN 'class' WHEN 5 THEN 'group' ELSE 'item' END
      WHEN NOT aliases.line_code IS NULL
      THEN aliases.line_role
      WHEN sectioned.row_kind = 'project' AND sectioned.label_zh <> ''
      THEN 'project'
      WHEN sectioned.row_kind = 'source' AND sectioned.label_zh <> ''
      THEN 'source'
      WHEN sectioned.row_kind = 'indicator'
      THEN 'detail'
    END AS line_role,
    NULLIF(aliases.parent_line_code, '') AS alias_parent_code,
    NULLIF(aliases.fund, '') AS fund,
    NULLIF(aliases.income_source_code, '') AS income_source_code,
    NULLIF(aliases.item_code, '') AS item_code
  FROM sectioned
  JOIN staging.form_tables AS tables
    ON tables.table_id = sectioned.table_id
  LEFT JOIN labels_of_kinds AS kinds
    ON kinds.form_code = sectioned.form_code AND kinds.label_zh = sectioned.label_zh
  LEFT JOIN known_classes
    ON known_classes.row_kind = sectioned.row_kind
    AND known_classes.class_code = LEFT(sectioned.classification_code, 3)
  LEFT JOIN reference.label_aliases AS aliases
    ON aliases.form_code = sectioned.form_code
    AND aliases.block = sectioned.block
    AND aliases.section = sectioned.section
    AND aliases.label_zh = CASE
      WHEN NOT sectioned.classification_code IS NULL
      THEN NULL
      WHEN sectioned.row_kind = 'single'
      AND REGEXP_REPLACE(sectioned.label_zh, '\((本级|汇总|部门)\)$', '') = tables.department_name_zh
      THEN ''
      ELSE sectioned.label_zh
    END /* The one row of a form may be headed by the department itself. */
), line_codes AS (
  SELECT DISTINCT
    table_id,
    line_code
  FROM mapped
)
SELECT
  mapped.table_id::TEXT AS table_id, /* 表的编号 */
  mapped.document_id::TEXT AS document_id, /* 文件编号 */
  mapped.form_code::TEXT AS form_code, /* 报表代码 */
  mapped.block::TEXT AS block, /* 并列块 */
  mapped.block_number::INT AS block_number, /* 第几个并列块 */
  mapped.section::TEXT AS section, /* 段：同一标签在不同段含义不同 */
  mapped.row_number::INT AS row_number, /* 行号 */
  mapped.line_code::TEXT AS line_code, /* 行代码；对不上则为空 */
  mapped.line_role::TEXT AS line_role, /* 行的地位：合计、类、款、项、来源、结转、项目、项目类别、单位 */
  mapped.label_zh::TEXT AS line_label_zh, /* 行标签，去掉序号 */
  mapped.printed_label_zh::TEXT AS printed_label_zh, /* 行标签，如所印 */
  mapped.classification_code::TEXT AS classification_code, /* 印出的科目编码 */
  CASE
    WHEN mapped.classification_code IS NULL
    THEN mapped.alias_parent_code
    ELSE COALESCE(parent_line.line_code, class_line.line_code, total_line.line_code)
  END::TEXT AS parent_line_code, /* 上级行：表内最近的上级科目，否则合计行 */
  mapped.fund::TEXT AS fund, /* 行所示的资金范围 */
  mapped.income_source_code::TEXT AS income_source_code, /* 收入来源 */
  mapped.item_code::TEXT AS item_code /* 结转结余的种类 */
FROM mapped
LEFT JOIN line_codes AS parent_line
  ON parent_line.table_id = mapped.table_id
  AND parent_line.line_code = CASE
    WHEN LENGTH(mapped.classification_code) > 3
    THEN LEFT(mapped.classification_code, LENGTH(mapped.classification_code) - 2)
  END
LEFT JOIN line_codes AS class_line
  ON class_line.table_id = mapped.table_id
  AND class_line.line_code = CASE WHEN LENGTH(mapped.classification_code) = 7 THEN LEFT(mapped.classification_code, 3) END
LEFT JOIN line_codes AS total_line
  ON total_line.table_id = mapped.table_id AND total_line.line_code = 'total'