/* The concepts that a paragraph of 情况说明 can state something of: those it names and, before all of
them with negative places, those of a short line without figures right above it, which is its heading.
One row per paragraph, place, kind and unit pattern. */
MODEL (
  name conformed.narrative_concepts,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, paragraph_number, start_offset, end_offset, phrase_kind, unit_pattern),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, paragraph_number, start_offset, end_offset, phrase_kind, unit_pattern)),
    NOT_NULL(columns := (document_id, paragraph_number, start_offset, end_offset, phrase_kind))
  )
);

WITH headings AS (
  SELECT
    paragraphs.document_id,
    paragraphs.paragraph_number,
    paragraphs.section_code,
    LENGTH(paragraphs.paragraph_zh) AS heading_length
  FROM staging.narrative_paragraphs AS paragraphs
  LEFT JOIN staging.narrative_figures AS figures
    ON figures.document_id = paragraphs.document_id
    AND figures.paragraph_number = paragraphs.paragraph_number
  WHERE
    figures.figure_id IS NULL AND LENGTH(paragraphs.paragraph_zh) <= 60
), concepts AS (
  SELECT
    found.*,
    found.paragraph_number AS read_in_paragraph,
    0 AS heading_length
  FROM conformed.narrative_phrases_found AS found
  WHERE
    found.phrase_kind IN ('concept', 'following')
  UNION ALL
  SELECT
    found.*,
    paragraphs.paragraph_number AS read_in_paragraph,
    headings.heading_length
  FROM conformed.narrative_phrases_found AS found
  JOIN headings
    ON headings.document_id = found.document_id AND headings.paragraph_number = found.paragraph_number
  JOIN staging.narrative_paragraphs AS paragraphs
    ON paragraphs.document_id = headings.document_id
    AND paragraphs.paragraph_number = headings.paragraph_number + 1
    AND paragraphs.section_code = headings.section_code
  WHERE
    found.phrase_kind = 'concept'
)
SELECT
  concepts.document_id::TEXT AS document_id, /* 文件编号 */
  concepts.read_in_paragraph::INT AS paragraph_number, /* 文件内第几段 */
  (
    concepts.start_offset - concepts.heading_length
  )::INT AS start_offset, /* 段内起点；上一行标题里的为负 */
  (
    concepts.end_offset - concepts.heading_length
  )::INT AS end_offset, /* 段内终点 */
  concepts.phrase_kind::TEXT AS phrase_kind, /* concept 在数字之前、following 紧随数字之后 */
  concepts.unit_pattern::TEXT AS unit_pattern, /* 适用的单位；空为任何单位 */
  concepts.phrase_zh::TEXT AS phrase_zh, /* 词语，如所印 */
  concepts.line_code::TEXT AS line_code, /* 所指的行；科目不明则为空 */
  concepts.functional_code::TEXT AS functional_code, /* 功能分类科目编码 */
  concepts.measure_code::TEXT AS measure_code, /* 栏目代码 */
  concepts.phase::TEXT AS phase, /* 预决算阶段 */
  concepts.fund::TEXT AS fund, /* 资金范围 */
  concepts.is_aside::BOOLEAN AS is_aside /* 只在说明原因、用途的话里提到 */
FROM concepts