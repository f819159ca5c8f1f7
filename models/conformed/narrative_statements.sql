/* Every figure of 情况说明 with its place: what is stated, in which respect, of which phase, against which
base; or the one reason why it has none. Zeros stated in words (与上年一致, 持平, 没有…) are rows without a
figure. Values carry their sign (减少 is negative), money in yuan, ratios as printed.
One row per figure and per zero stated in words. */
MODEL (
  name conformed.narrative_statements,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain statement_id,
  audits (
    UNIQUE_VALUES(columns := (
      statement_id
    )),
    NOT_NULL(columns := (statement_id, document_id, sentence_id, section_zh)),
    ACCEPTED_VALUES(
      "column" := unplaced_reason,
      is_in := (
        'date_or_year',
        'legal_reference',
        'ordinal',
        'threshold',
        'personal',
        'unit_missing',
        'unmapped_classification',
        'template_left_in',
        'base_not_stated',
        'detail',
        'other_year',
        'other_fund',
        'not_understood'
      )
    )
  )
);

WITH figures AS (
  SELECT
    figures.*,
    subjects.phrase_kind,
    subjects.line_code || COALESCE('.' || contexts.part_fund, '') AS line_code,
    subjects.functional_code,
    subjects.line_label_zh,
    COALESCE(subjects.fund, figures.fund) AS subject_fund,
    subjects.whole_line_code,
    subjects.phase AS subject_phase,
    subjects.whole_phase,
    COALESCE(contexts.prior_year_phase, cues.phase) AS cue_phase,
    cues.base AS cue_base,
    cues.compared_with,
    COALESCE(cues.sign, 1) AS sign,
    COALESCE(cues.is_limit, FALSE) AS is_limit,
    COALESCE(cues.is_reason, FALSE) AS is_reason,
    contexts.unplaced_reason AS context_reason,
    CASE
      WHEN subjects.phrase_kind = 'following'
      THEN COALESCE(subjects.measure_code, NULLIF(figures.measure_code, ''))
      ELSE COALESCE(cues.measure_code, subjects.measure_code, NULLIF(figures.measure_code, ''))
    END AS respect
  FROM staging.narrative_figures AS figures
  LEFT JOIN conformed.narrative_cues AS cues
    ON cues.figure_id = figures.figure_id
  LEFT JOIN conformed.narrative_subjects AS subjects
    ON subjects.figure_id = figures.figure_id
  LEFT JOIN conformed.narrative_contexts AS contexts
    ON contexts.figure_id = figures.figure_id
), read_figures AS (
  SELECT
    figures.*,
    CASE
      WHEN figures.respect IN ('change', 'growth')
      THEN figures.compared_with
      WHEN figures.respect = 'share'
      THEN CASE WHEN figures.whole_line_code <> figures.line_code THEN figures.whole_line_code END
      ELSE figures.cue_base
    END AS base,
    COALESCE(
      CASE WHEN figures.respect = 'share' THEN figures.whole_phase END,
      figures.cue_phase,
      figures.subject_phase,
      'final'
    ) AS phase
  FROM figures
), explained AS (
  SELECT
    read_figures.*,
    CASE
      WHEN NOT read_figures.unplaced_reason IS NULL
      THEN read_figures.unplaced_reason
      WHEN read_figures.is_limit
      THEN 'threshold'
      WHEN COALESCE(read_figures.value_kind, '') = ''
      OR (
        read_figures.value_kind = 'amount' AND read_figures.factor_cny IS NULL
      )
      THEN 'unit_missing'
      WHEN read_figures.respect = 'unfilled'
      THEN 'template_left_in'
      WHEN read_figures.phrase_kind IS NULL OR read_figures.respect IS NULL
      THEN 'not_understood'
      WHEN (
        read_figures.is_reason AND read_figures.value_kind IN ('amount', 'ratio')
      )
      OR (
        read_figures.value_kind = 'count' AND read_figures.respect IN ('change', 'growth')
      )
      OR (
        read_figures.value_kind = 'score'
        AND COALESCE(read_figures.line_code, '') <> 'performance.average_score'
      )
      OR (
        read_figures.sign < 0 AND read_figures.number < 0
      )
      THEN 'not_understood'
      WHEN NOT read_figures.context_reason IS NULL
      THEN read_figures.context_reason
      WHEN read_figures.line_code IS NULL
      THEN 'unmapped_classification'
      WHEN read_figures.base IS NULL AND read_figures.respect IN ('change', 'growth', 'share')
      THEN 'base_not_stated'
    END AS reason
  FROM read_figures
), statements AS (
  SELECT
    figure_id AS statement_id,
    document_id,
    figure_id,
    sentence_id,
    section_zh,
    line_code,
    functional_code,
    line_label_zh,
    respect,
    phase,
    base,
    subject_fund AS fund,
    value_kind,
    sign * number * CASE WHEN value_kind = 'amount' THEN factor_cny ELSE 1 END AS value,
    unit_printed,
    factor_cny,
    decimal_count,
    CASE WHEN COALESCE(reason, '') <> 'personal' THEN printed END AS printed,
    reason
  FROM explained
  UNION ALL
  SELECT
    statement_id,
    document_id,
    NULL AS figure_id,
    sentence_id,
    section_zh,
    line_code,
    functional_code,
    line_label_zh,
    measure_code AS respect,
    'final' AS phase,
    base,
    fund,
    CASE WHEN measure_code = 'count' THEN 'count' ELSE 'amount' END AS value_kind,
    0 AS value,
    NULL AS unit_printed,
    NULL AS factor_cny,
    NULL AS decimal_count,
    printed,
    CASE WHEN line_code IS NULL THEN 'not_understood' END AS reason
  FROM conformed.narrative_zeros
), measured AS (
  /* An increase over the budget is another thing than an increase over last year. */
  SELECT
    statements.*,
    CASE
      WHEN statements.base LIKE '%budget%' AND statements.respect IN ('change', 'growth')
      THEN statements.respect || '_from_budget'
      ELSE statements.respect
    END AS measure_code
  FROM statements
)
SELECT
  measured.statement_id::TEXT AS statement_id, /* 陈述编号：文字数字编号，或句子编号加句内位置 */
  measured.document_id::TEXT AS document_id, /* 文件编号 */
  measured.figure_id::TEXT AS figure_id, /* 文字数字编号；以文字所说的零没有 */
  measured.sentence_id::TEXT AS sentence_id, /* 句子编号 */
  measured.section_zh::TEXT AS section_zh, /* 所在各级标题 */
  CASE WHEN measured.reason IS NULL THEN measured.line_code END::TEXT AS line_code, /* 行代码：所说的是什么 */
  CASE WHEN measured.reason IS NULL THEN measured.functional_code END::TEXT AS functional_code, /* 功能分类科目编码 */
  CASE WHEN measured.reason IS NULL THEN measured.line_label_zh END::TEXT AS line_label_zh, /* 行标签，如所印 */
  CASE WHEN measured.reason IS NULL THEN measured.measure_code END::TEXT AS measure_code, /* 栏目代码：在哪方面 */
  CASE WHEN measured.reason IS NULL THEN measures.measure_label_zh END::TEXT AS measure_label_zh, /* 栏目名称 */
  CASE WHEN measured.reason IS NULL THEN measured.phase END::TEXT AS phase, /* 预决算阶段 */
  CASE WHEN measured.reason IS NULL THEN measured.base END::TEXT AS base, /* 比较、占比或完成率的基数 */
  CASE WHEN measured.reason IS NULL THEN measured.fund END::TEXT AS fund, /* 资金范围；没有说明则为空 */
  NULLIF(measured.value_kind, '')::TEXT AS value_kind, /* 值的种类 */
  CASE WHEN measured.reason IS NULL THEN measured.value END::DECIMAL(24, 6) AS value, /* 数值，减少为负；金额以元计，比率如所印 */
  CASE measured.value_kind
    WHEN 'amount'
    THEN 'CNY'
    WHEN 'score'
    THEN 'point'
    WHEN 'ratio'
    THEN measured.unit_printed
  END::TEXT AS unit, /* 数值的单位 */
  measured.unit_printed::TEXT AS unit_printed, /* 印出的单位；并列的数字取组内的 */
  measured.factor_cny::BIGINT AS factor_cny, /* 一个金额单位等于多少元 */
  measured.decimal_count::INT AS decimal_count, /* 小数位数 */
  measured.printed::TEXT AS printed, /* 如所印 */
  measured.reason::TEXT AS unplaced_reason /* 没有落位的原因；落位则为空 */
FROM measured
LEFT JOIN reference.narrative_measures AS measures
  ON measures.measure_code = measured.measure_code
LEFT JOIN raw.documents AS documents
  ON documents.document_id = measured.document_id
WHERE
  COALESCE(documents.document_kind, '') <> 'budget' /* The prose of a budget is read by its phrases. */