/* The figures of 情况说明, typed: number, unit, kind, and the figures that run on after each other
(“A、B分别为1、2万元”) in one group with one unit. Dates, ordinals and numbers of laws are told apart.
Offsets count characters of the paragraph, from 0. One row per figure of 情况说明. */
MODEL (
  name staging.narrative_figures,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain figure_id,
  audits (
    UNIQUE_VALUES(columns := (
      figure_id
    )),
    NOT_NULL(columns := (figure_id, document_id, paragraph_number, sentence_id, number))
  )
);

WITH printed AS (
  SELECT
    figures.*,
    paragraphs.section_zh AS path_zh,
    paragraphs.section_code,
    paragraphs.fund,
    paragraphs.paragraph_zh,
    sentences.sentence_id,
    sentences.paragraph_offset AS sentence_start,
    figures.paragraph_offset + LENGTH(figures.figure_text) AS number_end,
    figures.paragraph_offset + LENGTH(figures.figure_text) + LENGTH(COALESCE(figures.unit_text, '')) AS figure_end,
    REPLACE(REPLACE(figures.figure_text, ',', ''), '−', '-') AS number_text,
    CASE
      WHEN units.unplaced_reason <> ''
      THEN units.unplaced_reason
      WHEN SUBSTRING(paragraphs.paragraph_zh, figures.paragraph_offset, 1) = '第'
      THEN 'ordinal'
      WHEN figures.unit_text IS NULL AND REGEXP_FULL_MATCH(figures.figure_text, '(19|20)[0-9]{2}')
      THEN 'date_or_year'
    END AS unplaced_reason
  FROM raw.narrative_figures AS figures
  JOIN staging.narrative_paragraphs AS paragraphs
    ON paragraphs.document_id = figures.document_id
    AND paragraphs.paragraph_number = figures.paragraph_number
  JOIN raw.narrative_sentences AS sentences
    ON sentences.document_id = figures.document_id AND sentences.sentence_number = figures.sentence_number
  LEFT JOIN reference.narrative_units AS units
    ON units.unit_text = figures.unit_text
), ordered AS (
  /* What stands between a figure and the one before it; dates are no neighbours. */
  SELECT
    printed.*,
    LAG(printed.figure_end) OVER (
      PARTITION BY printed.document_id, printed.paragraph_number, printed.unplaced_reason IS NULL
      ORDER BY printed.paragraph_offset
    ) AS previous_end,
    LAG(printed.figure_end, 2, 0) OVER (
      PARTITION BY printed.document_id, printed.paragraph_number, printed.unplaced_reason IS NULL
      ORDER BY printed.paragraph_offset
    ) AS end_before_previous
  FROM printed
), marked AS (
  SELECT
    ordered.*,
    CASE
      WHEN REGEXP_FULL_MATCH(
        SUBSTRING(ordered.paragraph_zh, ordered.previous_end + 1, ordered.paragraph_offset - ordered.previous_end),
        '[、，,和及与]*'
      )
      THEN 0
      ELSE 1
    END AS opens_group
  FROM ordered
), grouped AS (
  SELECT
    marked.*,
    SUM(marked.opens_group) OVER (
      PARTITION BY marked.document_id, marked.paragraph_number, marked.unplaced_reason IS NULL
      ORDER BY marked.paragraph_offset
    ) AS group_number
  FROM marked
), carried AS (
  /* A unit printed once stands for the figures before it in the group. */
  SELECT
    grouped.*,
    COALESCE(
      grouped.unit_text,
      FIRST_VALUE(grouped.unit_text IGNORE NULLS) OVER (
        PARTITION BY grouped.document_id, grouped.paragraph_number, grouped.unplaced_reason IS NULL, grouped.group_number
        ORDER BY grouped.paragraph_offset
        ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
      )
    ) AS unit_printed,
    ROW_NUMBER() OVER figure_group AS number_in_group,
    FIRST_VALUE(grouped.previous_end) OVER figure_group AS group_previous_end,
    CASE
      WHEN grouped.unit_text = '%'
      AND SUBSTRING(grouped.paragraph_zh, grouped.previous_end + 1, grouped.paragraph_offset - grouped.previous_end) = '的'
      THEN grouped.end_before_previous
    END AS end_before_base,
    FIRST_VALUE(grouped.paragraph_offset) OVER figure_group AS group_start
  FROM grouped
  WINDOW figure_group AS (
    PARTITION BY grouped.document_id, grouped.paragraph_number, grouped.unplaced_reason IS NULL, grouped.group_number
    ORDER BY grouped.paragraph_offset
  )
)
SELECT
  carried.figure_id::TEXT AS figure_id, /* 文字数字编号 */
  carried.document_id::TEXT AS document_id, /* 文件编号 */
  carried.sentence_id::TEXT AS sentence_id, /* 句子编号 */
  carried.paragraph_number::INT AS paragraph_number, /* 文件内第几段 */
  carried.path_zh::TEXT AS section_zh, /* 所在各级标题 */
  carried.section_code::TEXT AS section_code, /* 情况说明的哪一部分 */
  carried.fund::TEXT AS fund, /* 该部分所述的资金范围 */
  carried.sentence_start::INT AS sentence_start, /* 句子在段内的起点 */
  GREATEST(carried.sentence_start, COALESCE(carried.end_before_base, carried.group_previous_end, 0))::INT AS cue_start, /* 提示语从何处起算：本组之前的数字之后；“完成预算27万元的63%”说的是它前面的预算 */
  carried.paragraph_offset::INT AS figure_start, /* 数字在段内的起点 */
  carried.number_end::INT AS number_end, /* 数字的终点，不含单位 */
  carried.figure_end::INT AS figure_end, /* 数字连同单位的终点 */
  carried.group_number::INT AS group_number, /* 段内第几组并列数字 */
  COALESCE(carried.group_previous_end, 0)::INT AS previous_end, /* 段内本组之前的数字的终点 */
  carried.group_start::INT AS group_start, /* 组内第一个数字的起点 */
  carried.number_in_group::INT AS number_in_group, /* 组内第几个 */
  carried.number_text::DECIMAL(24, 6) AS number, /* 数值，以印出的单位计 */
  LENGTH(REGEXP_EXTRACT(carried.number_text, '\.([0-9]+)$', 1))::INT AS decimal_count, /* 小数位数 */
  (
    carried.figure_text || CASE WHEN carried.unit_text IN ('%', '‰') THEN carried.unit_text ELSE '' END
  )::TEXT AS printed, /* 如所印 */
  carried.unit_printed::TEXT AS unit_printed, /* 印出的单位，并列时取组内的 */
  units.value_kind::TEXT AS value_kind, /* 值的种类 */
  units.measure_code::TEXT AS measure_code, /* 单位所示的栏目 */
  money.factor_cny::BIGINT AS factor_cny, /* 一个金额单位等于多少元 */
  CASE WHEN carried.is_personal THEN 'personal' ELSE carried.unplaced_reason END::TEXT AS unplaced_reason /* 不是陈述的原因 */
FROM carried
LEFT JOIN reference.narrative_units AS units
  ON units.unit_text = carried.unit_printed
LEFT JOIN reference.units AS money
  ON money.unit_text = carried.unit_printed