/* In which respect each figure of 情况说明 is stated: the nearest cue between it and the figures before
it (年初预算为, 减少, 占), the comparison the paragraph speaks of, and whether the figure is but a limit
(单价50万元以上). One row per figure of 情况说明 that is no date, ordinal or number of a law. */
MODEL (
  name conformed.narrative_cues,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain figure_id,
  audits (
    UNIQUE_VALUES(columns := (
      figure_id
    )),
    NOT_NULL(columns := (figure_id, document_id, concept_end))
  )
);

WITH figures AS (
  SELECT
    figures.*,
    COUNT(*) OVER (PARTITION BY figures.document_id, figures.paragraph_number, figures.group_number) AS group_size
  FROM staging.narrative_figures AS figures
  WHERE
    figures.unplaced_reason IS NULL
), nearby AS (
  SELECT
    figures.figure_id,
    figures.sentence_start,
    figures.cue_start,
    figures.figure_start,
    figures.number_end,
    figures.figure_end,
    phrases.unit_pattern = ''
    OR REGEXP_FULL_MATCH(COALESCE(figures.unit_printed, ''), phrases.unit_pattern) AS fits_unit,
    phrases.*
  FROM figures
  JOIN conformed.narrative_phrases_found AS phrases
    ON phrases.document_id = figures.document_id
    AND phrases.paragraph_number = figures.paragraph_number
    AND (
      phrases.unit_pattern = ''
      OR REGEXP_FULL_MATCH(COALESCE(figures.unit_printed, ''), phrases.unit_pattern)
      OR phrases.phase LIKE '%budget'
    )
), cues AS (
  SELECT
    nearby.*,
    ROW_NUMBER() OVER (
      PARTITION BY nearby.figure_id
      ORDER BY nearby.end_offset DESC, nearby.start_offset, nearby.unit_pattern DESC
    ) AS nearness
  FROM nearby
  WHERE
    nearby.phrase_kind = 'cue'
    AND nearby.fits_unit
    AND nearby.start_offset >= nearby.cue_start
    AND nearby.end_offset <= nearby.figure_start
), bases AS (
  SELECT
    nearby.figure_id,
    nearby.base,
    nearby.end_offset
  FROM nearby
  WHERE
    nearby.phrase_kind = 'base' AND nearby.end_offset <= nearby.figure_start
  UNION ALL
  /* 比2024年…年初预算4.80万元减少: a budget right behind 比 is what it compares with. */
  SELECT
    budgets.figure_id,
    budgets.phase AS base,
    budgets.end_offset
  FROM nearby AS budgets
  JOIN nearby AS openings
    ON openings.figure_id = budgets.figure_id
    AND openings.phrase_kind = 'base'
    AND openings.start_offset >= budgets.sentence_start
    AND budgets.start_offset - openings.end_offset BETWEEN 0 AND 25
  WHERE
    budgets.phrase_kind = 'cue'
    AND budgets.phase LIKE '%budget'
    AND budgets.end_offset <= budgets.figure_start
    AND NOT EXISTS(
      SELECT
        1
      FROM nearby AS between_them
      WHERE
        between_them.figure_id = budgets.figure_id
        AND between_them.phrase_kind = 'cue'
        AND between_them.start_offset >= openings.end_offset
        AND between_them.end_offset <= budgets.start_offset
    )
), comparisons AS (
  SELECT
    bases.figure_id,
    bases.base,
    bases.end_offset,
    ROW_NUMBER() OVER (PARTITION BY bases.figure_id ORDER BY bases.end_offset DESC) AS nearness
  FROM bases
), marks AS (
  /* A figure inside a concept or before 以上 is a limit; one behind 主要原因 is but a reason. */
  SELECT
    nearby.figure_id,
    BOOL_OR(
      CAST((
        nearby.phrase_kind = 'threshold'
        AND nearby.start_offset BETWEEN nearby.number_end AND nearby.figure_end
      )
      OR (
        nearby.phrase_kind = 'concept'
        AND nearby.fits_unit
        AND nearby.start_offset <= nearby.figure_start
        AND nearby.end_offset >= nearby.number_end
      ) AS BOOLEAN)
    ) AS is_limit,
    BOOL_OR(
      CAST(nearby.phrase_kind = 'reason'
      AND nearby.start_offset >= nearby.sentence_start
      AND nearby.end_offset <= nearby.figure_start AS BOOLEAN)
    ) AS is_reason,
    BOOL_OR(
      CAST(nearby.phrase_kind = 'pairing'
      AND nearby.start_offset >= nearby.cue_start
      AND nearby.end_offset <= nearby.figure_start AS BOOLEAN)
    ) AS is_paired
  FROM nearby
  GROUP BY
    nearby.figure_id
)
SELECT
  figures.figure_id::TEXT AS figure_id, /* 文字数字编号 */
  figures.document_id::TEXT AS document_id, /* 文件编号 */
  cues.measure_code::TEXT AS measure_code, /* 提示语所示的栏目 */
  cues.phase::TEXT AS phase, /* 提示语所示的预决算阶段 */
  cues.base::TEXT AS base, /* 提示语所示的基数 */
  cues.sign::INT AS sign, /* 增为 1，减为 -1 */
  COALESCE(cues.start_offset, figures.figure_start)::INT AS concept_end, /* 所说的事在此之前开始：提示语的起点，没有提示语则为数字的起点 */
  cues.end_offset::INT AS cue_end, /* 提示语的终点 */
  comparisons.base::TEXT AS compared_with, /* 与什么相比 */
  comparisons.end_offset::INT AS compared_at, /* 这句相比的话的终点 */
  COALESCE(marks.is_limit, FALSE)::BOOLEAN AS is_limit, /* 只是界限，不是陈述 */
  COALESCE(marks.is_reason, FALSE)::BOOLEAN AS is_reason, /* 只说明原因，不是陈述 */
  CASE WHEN marks.is_paired THEN figures.group_size - figures.number_in_group + 1 ELSE 1 END::INT AS concept_nearness, /* 倒数第几件事；“分别为”依次相配 */
  CASE WHEN marks.is_paired THEN figures.group_size ELSE 1 END::INT AS concept_count /* 相配的事须有几件 */
FROM figures
LEFT JOIN cues
  ON cues.figure_id = figures.figure_id AND cues.nearness = 1
LEFT JOIN comparisons
  ON comparisons.figure_id = figures.figure_id AND comparisons.nearness = 1
LEFT JOIN marks
  ON marks.figure_id = figures.figure_id