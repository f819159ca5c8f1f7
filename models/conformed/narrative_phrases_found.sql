/* Where the known phrases and the functional classes stand in the prose; where one phrase lies inside
a longer one, the longer alone counts. A phrase stands for any unit or, as several rows of one place,
for different units. Offsets count characters of the paragraph, from 0.
One row per phrase, kind, unit pattern and place. */
MODEL (
  name conformed.narrative_phrases_found,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, paragraph_number, start_offset, end_offset, phrase_kind, unit_pattern),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, paragraph_number, start_offset, end_offset, phrase_kind, unit_pattern)),
    NOT_NULL(columns := (document_id, paragraph_number, start_offset, end_offset, phrase_kind))
  )
);

WITH phrases_in_paragraphs AS (
  /* What a phrase means in the section at hand comes before what it means anywhere. */
  SELECT
    paragraphs.document_id,
    paragraphs.paragraph_number,
    paragraphs.paragraph_zh,
    paragraphs.fund AS section_fund,
    phrases.*,
    RANK() OVER (
      PARTITION BY paragraphs.document_id, paragraphs.paragraph_number, phrases.phrase_zh, phrases.phrase_kind
      ORDER BY phrases.section_code DESC
    ) AS section_rank
  FROM staging.narrative_paragraphs AS paragraphs
  JOIN reference.narrative_phrases AS phrases
    ON phrases.section_code IN ('', paragraphs.section_code)
    AND CONTAINS(paragraphs.paragraph_zh, phrases.phrase_zh)
), phrase_places AS (
  SELECT
    phrases.*,
    offsets.start_offset,
    offsets.start_offset + LENGTH(phrases.phrase_zh) AS end_offset
  FROM phrases_in_paragraphs AS phrases
  CROSS JOIN UNNEST(RANGE(0, LENGTH(phrases.paragraph_zh))) AS offsets(start_offset)
  WHERE
    phrases.section_rank = 1
    AND SUBSTRING(phrases.paragraph_zh, offsets.start_offset + 1, LENGTH(phrases.phrase_zh)) = phrases.phrase_zh
), places AS (
  SELECT
    document_id,
    paragraph_number,
    start_offset,
    end_offset,
    phrase_kind,
    unit_pattern,
    NULLIF(line_code, '') AS line_code,
    NULL AS functional_code,
    NULLIF(measure_code, '') AS measure_code,
    NULLIF(phase, '') AS phase,
    NULLIF(base, '') AS base,
    sign,
    COALESCE(NULLIF(fund, ''), section_fund) AS fund,
    NULLIF(printed_zh, '') AS printed_zh
  FROM phrase_places
  UNION ALL
  SELECT
    paths.document_id,
    paths.paragraph_number,
    paths.start_offset,
    paths.end_offset,
    'concept' AS phrase_kind,
    '' AS unit_pattern,
    paths.functional_code AS line_code,
    paths.functional_code,
    NULL AS measure_code,
    NULL AS phase,
    NULL AS base,
    NULL AS sign,
    paragraphs.fund,
    NULL AS printed_zh
  FROM conformed.narrative_functional_paths AS paths
  JOIN staging.narrative_paragraphs AS paragraphs
    ON paragraphs.document_id = paths.document_id AND paragraphs.paragraph_number = paths.paragraph_number
), longest AS (
  SELECT
    places.*,
    sentences.paragraph_offset AS sentence_start,
    SUBSTRING(paragraphs.paragraph_zh, places.start_offset + 1, places.end_offset - places.start_offset) AS phrase_zh
  FROM places
  JOIN staging.narrative_paragraphs AS paragraphs
    ON paragraphs.document_id = places.document_id AND paragraphs.paragraph_number = places.paragraph_number
  JOIN raw.narrative_sentences AS sentences
    ON sentences.document_id = places.document_id
    AND sentences.paragraph_number = places.paragraph_number
    AND sentences.paragraph_offset <= places.start_offset
    AND sentences.paragraph_offset + LENGTH(sentences.sentence) > places.start_offset
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM places AS longer
      WHERE
        longer.document_id = places.document_id
        AND longer.paragraph_number = places.paragraph_number
        AND longer.start_offset <= places.start_offset
        AND longer.end_offset >= places.end_offset
        AND longer.end_offset - longer.start_offset > places.end_offset - places.start_offset
    )
), asides AS (
  SELECT
    document_id,
    paragraph_number,
    sentence_start,
    MIN(end_offset) AS aside_offset
  FROM longest
  WHERE
    phrase_kind IN ('aside', 'reason')
  GROUP BY
    document_id,
    paragraph_number,
    sentence_start
)
SELECT
  longest.document_id::TEXT AS document_id, /* 文件编号 */
  longest.paragraph_number::INT AS paragraph_number, /* 文件内第几段 */
  longest.start_offset::INT AS start_offset, /* 段内起点 */
  longest.end_offset::INT AS end_offset, /* 段内终点 */
  longest.phrase_zh::TEXT AS phrase_zh, /* 词语，如所印 */
  longest.phrase_kind::TEXT AS phrase_kind, /* 词语的种类 */
  longest.unit_pattern::TEXT AS unit_pattern, /* 适用的单位；空为任何单位 */
  longest.line_code::TEXT AS line_code, /* 所指的行；科目不明则为空 */
  longest.functional_code::TEXT AS functional_code, /* 功能分类科目编码 */
  longest.measure_code::TEXT AS measure_code, /* 栏目代码 */
  longest.phase::TEXT AS phase, /* 预决算阶段 */
  longest.base::TEXT AS base, /* 比较的基数 */
  longest.sign::INT AS sign, /* 增为 1，减为 -1 */
  longest.fund::TEXT AS fund, /* 资金范围 */
  longest.printed_zh::TEXT AS printed_zh, /* 以文字所说的零，如所印 */
  (
    longest.phrase_kind = 'concept'
    AND longest.start_offset >= COALESCE(asides.aside_offset, longest.end_offset)
  )::BOOLEAN AS is_aside /* 只在说明原因、用途的话里提到，不是后面句子所说的事 */
FROM longest
LEFT JOIN asides
  ON asides.document_id = longest.document_id
  AND asides.paragraph_number = longest.paragraph_number
  AND asides.sentence_start = longest.sentence_start