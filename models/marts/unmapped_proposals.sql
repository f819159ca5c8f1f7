/* Labels, headers and titles that no seed knows, gathered over all documents, each with the known one
it resembles most in its form and block: a proposal to check, never a mapping. One row per form, block,
section and unknown label. */
MODEL (
  name marts.unmapped_proposals,
  kind FULL,
  grain (form_code, block, section, label_kind, label_zh),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (form_code, block, section, label_kind, label_zh)),
    NOT_NULL(columns := (form_code, label_kind, label_zh, document_count))
  )
);

WITH unknown AS (
  SELECT
    form_code,
    block,
    section,
    label_kind,
    label_zh,
    COUNT(DISTINCT document_id) AS document_count,
    SUM(cell_count) AS cell_count,
    MIN(first_cell_id) AS first_cell_id
  FROM conformed.unmapped_labels
  GROUP BY
    form_code,
    block,
    section,
    label_kind,
    label_zh
), known AS (
  SELECT
    form_code,
    block,
    'row' AS label_kind,
    label_zh,
    line_code AS meaning_code
  FROM reference.label_aliases
  UNION
  SELECT
    form_code,
    block,
    'column' AS label_kind,
    header_suffix AS label_zh,
    measure_code AS meaning_code
  FROM reference.form_columns
  WHERE
    value_kind <> 'phase' AND header_suffix <> ''
  UNION
  SELECT
    '' AS form_code,
    '' AS block,
    'title' AS label_kind,
    name_zh AS label_zh,
    form_code AS meaning_code
  FROM reference.forms
), compared AS (
  SELECT
    unknown.form_code,
    unknown.block,
    unknown.section,
    unknown.label_kind,
    unknown.label_zh,
    known.label_zh AS known_label_zh,
    known.meaning_code,
    JARO_WINKLER_SIMILARITY(unknown.label_zh, known.label_zh) AS similarity
  FROM unknown
  JOIN known
    ON known.form_code = unknown.form_code
    AND known.block = unknown.block
    AND known.label_kind = unknown.label_kind
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY unknown.form_code, unknown.block, unknown.section, unknown.label_kind, unknown.label_zh
      ORDER BY similarity DESC, known.label_zh
    ) = 1
)
SELECT
  unknown.form_code::TEXT AS form_code, /* 报表代码；表题对不上则为空 */
  unknown.block::TEXT AS block, /* 并列块 */
  unknown.section::TEXT AS section, /* 段 */
  unknown.label_kind::TEXT AS label_kind, /* row 行标签、column 列标题、title 表题 */
  unknown.label_zh::TEXT AS label_zh, /* 对不上的标签 */
  unknown.document_count::INT AS document_count, /* 出现在几个文件里 */
  unknown.cell_count::BIGINT AS cell_count, /* 因此未落位的单元格数 */
  unknown.first_cell_id::TEXT AS first_cell_id, /* 其中第一个单元格 */
  compared.known_label_zh::TEXT AS known_label_zh, /* 最相近的已知标签 */
  compared.meaning_code::TEXT AS proposed_code, /* 建议的行代码、栏目代码或报表代码 */
  compared.similarity::DECIMAL(5, 4) AS similarity /* 相近的程度，0 至 1 */
FROM unknown
LEFT JOIN compared
  ON compared.form_code = unknown.form_code
  AND compared.block = unknown.block
  AND compared.section = unknown.section
  AND compared.label_kind = unknown.label_kind
  AND compared.label_zh = unknown.label_zh