/* What each figure of 情况说明 is stated of: the latest concept that begins before its cue, the concept
right behind it (16个项目自评等级为优), or, where the paragraph names none, the heading line above it; and
the whole that a share is a part of. One row per figure of which something is stated. */
MODEL (
  name conformed.narrative_subjects,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain figure_id,
  audits (UNIQUE_VALUES(columns := (
      figure_id
  )), NOT_NULL(columns := (figure_id, document_id)))
);

WITH places AS (
  SELECT
    figures.figure_id,
    figures.document_id,
    figures.figure_start,
    figures.number_end,
    figures.figure_end,
    figures.cue_start,
    figures.group_start,
    figures.sentence_start,
    figures.previous_end,
    figures.value_kind,
    cues.cue_end,
    (
      NOT cues.cue_end IS NULL OR figures.value_kind <> 'amount'
    ) AS is_cued, /* Without a cue, an amount is of what is named since the last figure. */
    cues.concept_end,
    cues.concept_nearness,
    cues.concept_count,
    phrases.start_offset,
    phrases.end_offset,
    phrases.phrase_kind,
    phrases.is_aside,
    phrases.phrase_zh,
    phrases.line_code,
    phrases.functional_code,
    phrases.measure_code,
    phrases.phase,
    phrases.fund,
    CONTAINS(SUBSTRING(paragraphs.paragraph_zh, 1, GREATEST(phrases.start_offset, 0)), '其中') AS is_divided,
    phrases.end_offset >= 0
    AND CONTAINS(
      REGEXP_REPLACE(
        SUBSTRING(
          paragraphs.paragraph_zh,
          GREATEST(phrases.end_offset, 0) + 1,
          GREATEST(figures.figure_start - GREATEST(phrases.end_offset, 0), 0)
        ),
        '[(][^()]*[)]',
        '',
        'g'
      ),
      ')'
    ) AS is_closed_off, /* 共3批次(其中外事接待1批次)，20人次: what a bracket tells ends with it. */
    ROW_NUMBER() OVER (
      PARTITION BY figures.figure_id, phrases.phrase_kind, phrases.start_offset, phrases.end_offset
      ORDER BY phrases.unit_pattern DESC
    ) AS unit_rank
  FROM staging.narrative_figures AS figures
  JOIN staging.narrative_paragraphs AS paragraphs
    ON paragraphs.document_id = figures.document_id
    AND paragraphs.paragraph_number = figures.paragraph_number
  JOIN conformed.narrative_cues AS cues
    ON cues.figure_id = figures.figure_id
  JOIN conformed.narrative_concepts AS phrases
    ON phrases.document_id = figures.document_id
    AND phrases.paragraph_number = figures.paragraph_number
    AND (
      phrases.unit_pattern = ''
      OR REGEXP_FULL_MATCH(COALESCE(figures.unit_printed, ''), phrases.unit_pattern)
    )
), preceding AS (
  SELECT
    places.*,
    ROW_NUMBER() OVER (PARTITION BY places.figure_id ORDER BY places.end_offset DESC, places.start_offset) AS nearness,
    COUNT(*) FILTER(WHERE
      places.start_offset >= places.cue_start) OVER (PARTITION BY places.figure_id) AS near_count,
    COUNT(*) FILTER(WHERE
      places.start_offset >= places.sentence_start) OVER (PARTITION BY places.figure_id) AS sentence_count,
    COUNT(*) OVER (PARTITION BY places.figure_id) AS paragraph_count
  FROM places
  WHERE
    places.phrase_kind = 'concept'
    AND places.unit_rank = 1
    AND places.end_offset <= places.figure_start
    AND places.start_offset < places.concept_end
    AND NOT places.is_closed_off
    AND (
      NOT places.is_aside OR places.start_offset >= places.sentence_start
    )
    AND (
      places.is_cued OR places.start_offset >= places.previous_end OR places.previous_end = 0
    )
), following AS (
  SELECT
    places.*,
    ROW_NUMBER() OVER (PARTITION BY places.figure_id ORDER BY places.end_offset DESC) AS nearness
  FROM places
  WHERE
    places.phrase_kind = 'following'
    AND places.unit_rank = 1
    AND places.start_offset BETWEEN places.number_end AND places.figure_end
), subjects AS (
  /* As many concepts as figures pair in order, those of the sentence where none stands right before
  the figures (分别占60%、40%), or all of the paragraph where the sentence names none; fewer concepts
  than figures hold for all of them. */
  SELECT
    preceding.*,
    (
      preceding.concept_count > CASE
        WHEN preceding.near_count > 0
        THEN preceding.near_count
        WHEN preceding.sentence_count > 0
        THEN preceding.sentence_count
        ELSE preceding.paragraph_count
      END
      AND preceding.value_kind IN ('amount', 'ratio')
      AND NOT REGEXP_MATCHES(preceding.phrase_zh, '收.*支')
    ) AS is_short_of_concepts
  FROM preceding
  LEFT JOIN following
    ON following.figure_id = preceding.figure_id
  WHERE
    following.figure_id IS NULL
    AND preceding.nearness = CASE
      WHEN preceding.concept_count <= CASE
        WHEN preceding.near_count > 0
        THEN preceding.near_count
        WHEN preceding.sentence_count > 0
        THEN preceding.sentence_count
        WHEN preceding.paragraph_count <= preceding.concept_count
        THEN preceding.paragraph_count
      END
      THEN preceding.concept_nearness
      WHEN preceding.concept_count > 1 AND preceding.sentence_count = 0 AND preceding.paragraph_count > 1
      THEN 0
      ELSE 1
    END
  UNION ALL
  SELECT
    following.*,
    0 AS near_count,
    0 AS sentence_count,
    0 AS paragraph_count,
    FALSE AS is_short_of_concepts
  FROM following
  WHERE
    following.nearness = 1
), wholes AS (
  /* The concept between 占 and the figure; else, where nothing stands between them, the first concept
  of the paragraph, which 其中 divides; one behind 其中 is a part itself. */
  SELECT
    places.figure_id,
    places.line_code,
    places.phase,
    ROW_NUMBER() OVER (
      PARTITION BY places.figure_id
      ORDER BY places.start_offset >= places.cue_end DESC, places.start_offset
    ) AS nearness
  FROM places
  WHERE
    places.phrase_kind = 'concept'
    AND places.unit_rank = 1
    AND places.start_offset >= 0
    AND places.end_offset <= places.figure_start
    AND (
      places.start_offset >= places.cue_end
      OR (
        places.group_start - places.cue_end <= 1 AND NOT places.is_divided
      )
    )
)
SELECT
  subjects.figure_id::TEXT AS figure_id, /* 文字数字编号 */
  subjects.document_id::TEXT AS document_id, /* 文件编号 */
  subjects.phrase_kind::TEXT AS phrase_kind, /* concept 在数字之前、following 紧随数字之后 */
  subjects.line_code::TEXT AS line_code, /* 所说的行；科目不明则为空 */
  subjects.functional_code::TEXT AS functional_code, /* 功能分类科目编码 */
  subjects.phrase_zh::TEXT AS line_label_zh, /* 所说的行，如所印 */
  subjects.measure_code::TEXT AS measure_code, /* 所说的栏目 */
  subjects.phase::TEXT AS phase, /* 预决算阶段 */
  subjects.fund::TEXT AS fund, /* 资金范围 */
  subjects.start_offset::INT AS subject_start, /* 所说的事在段内的起点 */
  subjects.end_offset::INT AS subject_end, /* 所说的事在段内的终点 */
  subjects.is_aside::BOOLEAN AS is_aside, /* 只在说明原因、用途的话里提到 */
  subjects.is_short_of_concepts::BOOLEAN AS is_short_of_concepts, /* “分别为”前面的事比后面的数字少 */
  wholes.line_code::TEXT AS whole_line_code, /* 占比的整体 */
  wholes.phase::TEXT AS whole_phase /* 占比的整体所属的预决算阶段 */
FROM subjects
LEFT JOIN wholes
  ON wholes.figure_id = subjects.figure_id AND wholes.nearness = 1