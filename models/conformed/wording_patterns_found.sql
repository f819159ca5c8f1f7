/* Wordings that show by themselves that something was forgotten: text of the template left in, and
figures without a unit. What is searched for are the rows of wording_patterns; text that names persons
is left out. One row per check and sentence or note. */
MODEL (
  name conformed.wording_patterns_found,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (check_id, document_id, item_key),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (check_id, document_id, item_key)),
    NOT_NULL(columns := (check_id, document_id, item_key, words_zh))
  )
);

WITH sentences AS (
  SELECT
    sentences.document_id,
    sentences.sentence_id,
    sentences.paragraph_number,
    sentences.paragraph_offset,
    sentences.sentence,
    NOT paragraphs.document_id IS NULL AS is_narrative
  FROM raw.narrative_sentences AS sentences
  LEFT JOIN staging.narrative_paragraphs AS paragraphs
    ON paragraphs.document_id = sentences.document_id
    AND paragraphs.paragraph_number = sentences.paragraph_number
  WHERE
    NOT sentences.is_personal
), searched AS (
  SELECT
    document_id,
    sentence_id,
    NULL::TEXT AS cell_id,
    'sentence' AS target,
    sentence AS searched_zh,
    sentence AS printed_zh
  FROM sentences
  UNION ALL
  SELECT
    document_id,
    sentence_id,
    NULL AS cell_id,
    'narrative' AS target,
    sentence AS searched_zh,
    sentence AS printed_zh
  FROM sentences
  WHERE
    is_narrative
  UNION ALL
  SELECT
    document_id,
    NULL AS sentence_id,
    cell_id,
    'note' AS target,
    cell_text AS searched_zh,
    cell_text AS printed_zh
  FROM raw.cells
  WHERE
    cell_kind = 'note' AND NOT is_personal
  UNION ALL
  SELECT
    sentences.document_id,
    sentences.sentence_id,
    NULL AS cell_id,
    'unfilled' AS target,
    SUBSTRING(sentences.sentence, found.end_offset - sentences.paragraph_offset + 1) AS searched_zh,
    sentences.sentence AS printed_zh
  FROM conformed.narrative_phrases_found AS found
  JOIN sentences
    ON sentences.document_id = found.document_id
    AND sentences.paragraph_number = found.paragraph_number
    AND sentences.paragraph_offset < found.end_offset
    AND sentences.paragraph_offset + LENGTH(sentences.sentence) >= found.end_offset
  WHERE
    found.measure_code = 'unfilled'
  UNION ALL
  SELECT
    sentences.document_id,
    sentences.sentence_id,
    NULL AS cell_id,
    'figure' AS target,
    SUBSTRING(sentences.sentence, 1, figures.figure_start - sentences.paragraph_offset) || '【' || figures.printed || '】' || SUBSTRING(sentences.sentence, figures.figure_end - sentences.paragraph_offset + 1) AS searched_zh,
    sentences.sentence AS printed_zh
  FROM staging.narrative_figures AS figures
  JOIN sentences
    ON sentences.sentence_id = figures.sentence_id
  WHERE
    COALESCE(figures.unit_printed, '') = '' AND figures.unplaced_reason IS NULL
), found AS (
  SELECT
    patterns.check_id,
    searched.document_id,
    searched.sentence_id,
    searched.cell_id,
    searched.printed_zh,
    patterns.expected_zh,
    ROW_NUMBER() OVER (
      PARTITION BY patterns.check_id, searched.document_id, COALESCE(searched.sentence_id, searched.cell_id)
      ORDER BY patterns.target, patterns.pattern
    ) AS match_number
  FROM searched
  JOIN reference.wording_patterns AS patterns
    ON patterns.check_id IN ('wording.template_text_left', 'wording.unit_missing')
    AND patterns.target = searched.target
    AND REGEXP_MATCHES(searched.searched_zh, patterns.pattern)
)
SELECT
  found.check_id::TEXT AS check_id, /* 文字核对 */
  found.document_id::TEXT AS document_id, /* 文件编号 */
  COALESCE(found.sentence_id, found.cell_id)::TEXT AS item_key, /* 所在的句子或表下说明 */
  (
    '“' || CASE
      WHEN LENGTH(found.printed_zh) > 60
      THEN SUBSTRING(found.printed_zh, 1, 59) || '…'
      ELSE found.printed_zh
    END || '”'
  )::TEXT AS words_zh, /* 文字怎么说 */
  found.expected_zh::TEXT AS held_against_zh, /* 应当怎样 */
  found.sentence_id::TEXT AS sentence_id, /* 文字所在的句子 */
  found.cell_id::TEXT AS cell_id /* 表下说明所在的单元格 */
FROM found
WHERE
  found.match_number = 1