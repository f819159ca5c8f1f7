/* The zeros that 情况说明 states in words: 与2019年度一致 and 持平 are a change of zero of the concept before
them, 没有政府性基金…收支 an amount of zero. One row per zero stated in words. */
MODEL (
  name conformed.narrative_zeros,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain statement_id,
  audits (
    UNIQUE_VALUES(columns := (
      statement_id
    )),
    NOT_NULL(columns := (statement_id, document_id, sentence_id, section_zh, measure_code))
  )
);

WITH said AS (
  SELECT
    found.*,
    paragraphs.section_zh,
    sentences.sentence_id,
    found.start_offset - sentences.paragraph_offset AS sentence_offset
  FROM conformed.narrative_phrases_found AS found
  JOIN staging.narrative_paragraphs AS paragraphs
    ON paragraphs.document_id = found.document_id AND paragraphs.paragraph_number = found.paragraph_number
  JOIN raw.narrative_sentences AS sentences
    ON sentences.document_id = found.document_id
    AND sentences.paragraph_number = found.paragraph_number
    AND sentences.paragraph_offset <= found.start_offset
    AND sentences.paragraph_offset + LENGTH(sentences.sentence) > found.start_offset
    AND NOT sentences.is_personal
  WHERE
    found.phrase_kind = 'statement'
), concepts_before AS (
  /* Of what 持平 may be said that names no subject itself. */
  SELECT
    said.sentence_id,
    said.start_offset AS said_offset,
    concepts.*
  FROM said
  JOIN conformed.narrative_concepts AS concepts
    ON concepts.document_id = said.document_id
    AND concepts.paragraph_number = said.paragraph_number
    AND concepts.phrase_kind = 'concept'
    AND concepts.unit_pattern = ''
    AND concepts.end_offset <= said.start_offset
    AND NOT concepts.is_aside
  WHERE
    said.line_code IS NULL
), subjects AS (
  SELECT
    said.*,
    COALESCE(said.line_code, concepts.line_code) AS subject_code,
    concepts.end_offset AS subject_end,
    concepts.functional_code AS subject_functional_code,
    COALESCE(concepts.fund, said.fund) AS subject_fund,
    CASE WHEN said.line_code IS NULL THEN concepts.phrase_zh ELSE said.phrase_zh END AS subject_label_zh,
    ROW_NUMBER() OVER (
      PARTITION BY said.sentence_id, said.start_offset
      ORDER BY concepts.end_offset DESC, concepts.start_offset
    ) AS nearness
  FROM said
  LEFT JOIN concepts_before AS concepts
    ON concepts.sentence_id = said.sentence_id AND concepts.said_offset = said.start_offset
), doubts AS (
  /* Behind a list, a detail or something else's figure, nobody knows of what 持平 is said. */
  SELECT
    subjects.sentence_id,
    subjects.start_offset,
    BOOL_OR(
      CAST(NOT contexts.unplaced_reason IS NULL
      OR figure_subjects.line_code <> subjects.subject_code
      OR (
        contexts.is_listed AND figures.sentence_id = subjects.sentence_id
      ) AS BOOLEAN)
    ) AS is_doubtful
  FROM subjects
  JOIN staging.narrative_figures AS figures
    ON figures.document_id = subjects.document_id
    AND figures.paragraph_number = subjects.paragraph_number
    AND figures.figure_start >= subjects.subject_end
    AND figures.figure_end <= subjects.start_offset
  LEFT JOIN conformed.narrative_contexts AS contexts
    ON contexts.figure_id = figures.figure_id
  LEFT JOIN conformed.narrative_subjects AS figure_subjects
    ON figure_subjects.figure_id = figures.figure_id
  WHERE
    subjects.nearness = 1
  GROUP BY
    subjects.sentence_id,
    subjects.start_offset
)
SELECT
  (
    subjects.sentence_id || '-' || subjects.sentence_offset
  )::TEXT AS statement_id, /* 陈述编号：句子编号加句内位置 */
  subjects.document_id::TEXT AS document_id, /* 文件编号 */
  subjects.sentence_id::TEXT AS sentence_id, /* 句子编号 */
  subjects.section_zh::TEXT AS section_zh, /* 所在各级标题 */
  CASE WHEN NOT COALESCE(doubts.is_doubtful, FALSE) THEN subjects.subject_code END::TEXT AS line_code, /* 所说的行；不明则为空 */
  subjects.subject_functional_code::TEXT AS functional_code, /* 功能分类科目编码 */
  subjects.subject_label_zh::TEXT AS line_label_zh, /* 所说的行，如所印 */
  subjects.measure_code::TEXT AS measure_code, /* 栏目代码，未分与何相比 */
  subjects.base::TEXT AS base, /* 比较的基数 */
  subjects.subject_fund::TEXT AS fund, /* 资金范围 */
  subjects.printed_zh::TEXT AS printed /* 如所印 */
FROM subjects
LEFT JOIN doubts
  ON doubts.sentence_id = subjects.sentence_id AND doubts.start_offset = subjects.start_offset
WHERE
  subjects.nearness = 1