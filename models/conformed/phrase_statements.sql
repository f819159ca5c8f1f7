/* The figures of prose that the grammar of 情况说明 is not made for: all amounts and ratios of a budget,
what it counts, and the headcounts of every document. A figure is read where the words right before it
are a known phrase, or where nothing but a known wording (比上年预算增加, 占) stands between it and a
figure so read; 与上年预算持平 behind one is a row without a figure. Every other amount or ratio of a
budget stays unread, as a threshold (单价100万元以上) or for the one reason budget_prose.
One row per amount or ratio in the prose of a budget, per figure read, and per zero stated in words. */
MODEL (
  name conformed.phrase_statements,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain statement_id,
  audits (
    UNIQUE_VALUES(columns := (
      statement_id
    )),
    NOT_NULL(columns := (statement_id, document_id, sentence_id)),
    ACCEPTED_VALUES("column" := unplaced_reason, is_in := ('budget_prose', 'personal', 'threshold'))
  )
);

WITH paragraphs AS (
  SELECT
    sentences.document_id,
    sentences.paragraph_number,
    LISTAGG(sentences.sentence, ''
    ORDER BY
      sentences.sentence_number) AS paragraph_zh
  FROM raw.narrative_sentences AS sentences
  JOIN raw.documents AS documents
    ON documents.document_id = sentences.document_id AND documents.document_kind = 'budget'
  GROUP BY
    sentences.document_id,
    sentences.paragraph_number
), figures AS (
  /* Dates, ordinals and numbers of laws are no figures; what stands between two is said of the first. */
  SELECT
    figures.figure_id,
    figures.document_id,
    documents.document_kind,
    documents.fiscal_year,
    figures.paragraph_number,
    sentences.sentence_id,
    figures.section_zh,
    figures.figure_text,
    figures.paragraph_offset,
    figures.paragraph_offset + LENGTH(figures.figure_text) + LENGTH(COALESCE(figures.unit_text, '')) AS end_offset,
    REPLACE(REPLACE(figures.figure_text, ',', ''), '−', '-') AS number_text,
    figures.unit_text,
    units.value_kind,
    money.factor_cny,
    COALESCE(figures.is_personal, FALSE) AS is_personal,
    NOT subjects.figure_id IS NULL AS is_direct,
    subjects.line_code,
    subjects.functional_code,
    COALESCE(
      subjects.line_label_zh,
      REGEXP_EXTRACT(SUBSTRING(figures.sentence, 1, figures.start_offset), '([^“”"＂。；，]+\((类|项)\)(支出)?)[^()]*$', 1)
    ) AS line_label_zh,
    subjects.fund
  FROM raw.narrative_figures AS figures
  JOIN raw.documents AS documents
    ON documents.document_id = figures.document_id
    AND documents.status IN ('loaded', 'superseded', 'quarantined')
  JOIN raw.narrative_sentences AS sentences
    ON sentences.document_id = figures.document_id AND sentences.sentence_number = figures.sentence_number
  LEFT JOIN reference.narrative_units AS units
    ON units.unit_text = figures.unit_text
  LEFT JOIN reference.units AS money
    ON money.unit_text = figures.unit_text
  LEFT JOIN conformed.phrase_subjects AS subjects
    ON subjects.figure_id = figures.figure_id
  WHERE
    COALESCE(units.unplaced_reason, '') = ''
    AND NOT (
      figures.unit_text IS NULL AND REGEXP_FULL_MATCH(figures.figure_text, '(19|20)[0-9]{2}')
    )
    AND (
      documents.document_kind = 'budget' OR NOT subjects.figure_id IS NULL
    )
), spaced AS (
  SELECT
    figures.*,
    paragraphs.paragraph_zh,
    SUBSTRING(
      paragraphs.paragraph_zh,
      LAG(figures.end_offset) OVER in_paragraph + 1,
      figures.paragraph_offset - LAG(figures.end_offset) OVER in_paragraph
    ) AS words_zh
  FROM figures
  LEFT JOIN paragraphs
    ON paragraphs.document_id = figures.document_id
    AND paragraphs.paragraph_number = figures.paragraph_number
  WINDOW in_paragraph AS (PARTITION BY figures.document_id, figures.paragraph_number ORDER BY figures.paragraph_offset)
), wordings AS (
  /* A comparison with any year but the last is left alone. */
  SELECT
    spaced.figure_id,
    followers.*
    EXCLUDE (section_pattern, unit_pattern, words_pattern),
    ROW_NUMBER() OVER (PARTITION BY spaced.figure_id ORDER BY followers.follower_order) AS match_number
  FROM spaced
  JOIN reference.prose_followers AS followers
    ON followers.unit_pattern = spaced.value_kind
    AND REGEXP_MATCHES(spaced.section_zh, followers.section_pattern)
    AND REGEXP_FULL_MATCH(spaced.words_zh, followers.words_pattern)
  WHERE
    NOT spaced.is_direct
    AND REGEXP_EXTRACT(spaced.words_zh, '(20[0-9]{2})年', 1) IN ('', (
        spaced.fiscal_year - 1
    )::TEXT)
), stepped AS (
  SELECT
    spaced.*,
    wordings.line_pattern,
    wordings.follows,
    wordings.measure_code,
    wordings.phase,
    wordings.base,
    wordings.sign,
    CASE
      WHEN spaced.is_direct
      THEN 'amount'
      WHEN wordings.phase <> 'initial_budget'
      THEN 'other_year'
      ELSE wordings.measure_code
    END AS step
  FROM spaced
  LEFT JOIN wordings
    ON wordings.figure_id = spaced.figure_id AND wordings.match_number = 1
), chained AS (
  SELECT
    stepped.*,
    stepped.is_direct
    OR COALESCE(REGEXP_FULL_MATCH(LAG(stepped.step) OVER in_paragraph, stepped.follows), FALSE) AS holds,
    SUM(CASE WHEN stepped.is_direct THEN 1 ELSE 0 END) OVER in_paragraph AS chain_number
  FROM stepped
  WINDOW in_paragraph AS (PARTITION BY stepped.document_id, stepped.paragraph_number ORDER BY stepped.paragraph_offset)
), named AS (
  /* What follows has the subject of the figure that opens its chain, as long as no link is missing. */
  SELECT
    chained.*
    REPLACE (FIRST_VALUE(chained.line_code) OVER in_chain AS line_code, FIRST_VALUE(chained.functional_code) OVER in_chain AS functional_code, FIRST_VALUE(chained.line_label_zh) OVER in_chain AS line_label_zh, FIRST_VALUE(chained.fund) OVER in_chain AS fund),
    chained.chain_number > 0 AND MIN(CASE WHEN chained.holds THEN 1 ELSE 0 END) OVER in_chain = 1 AS is_linked
  FROM chained
  WINDOW in_chain AS (
    PARTITION BY chained.document_id, chained.paragraph_number, chained.chain_number
    ORDER BY chained.paragraph_offset
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  )
), stated AS (
  SELECT
    named.figure_id AS statement_id,
    named.document_id,
    named.figure_id,
    named.sentence_id,
    named.section_zh,
    named.line_code,
    named.functional_code,
    named.line_label_zh,
    CASE WHEN named.value_kind = 'count' THEN 'count' ELSE COALESCE(named.measure_code, 'amount') END AS measure_code,
    COALESCE(named.phase, CASE named.document_kind WHEN 'budget' THEN 'initial_budget' ELSE 'final' END) AS phase,
    NULLIF(named.base, '') AS base,
    named.fund,
    named.value_kind,
    COALESCE(named.sign, 1) * named.number_text::DECIMAL(24, 6) * COALESCE(named.factor_cny, 1) AS value,
    named.unit_text,
    named.factor_cny,
    LENGTH(REGEXP_EXTRACT(named.number_text, '\.([0-9]+)$', 1)) AS decimal_count,
    named.figure_text AS printed,
    CASE
      WHEN named.is_personal
      THEN 'personal'
      WHEN REGEXP_MATCHES(SUBSTRING(named.paragraph_zh, named.end_offset + 1, 6), '^(\(含\)|及)?以[上下]')
      THEN 'threshold'
      WHEN NOT named.is_linked
      OR named.line_code IS NULL
      OR NOT REGEXP_FULL_MATCH(named.line_code, COALESCE(NULLIF(named.line_pattern, ''), '.*'))
      OR (
        named.value_kind = 'amount' AND named.factor_cny IS NULL
      )
      THEN 'budget_prose'
    END AS reason
  FROM named
  WHERE
    named.is_direct OR (
      named.document_kind = 'budget' AND named.value_kind IN ('amount', 'ratio')
    )
), unchanged AS (
  SELECT
    named.*,
    followers.measure_code AS zero_measure,
    followers.phase AS zero_phase,
    followers.base AS zero_base,
    REGEXP_EXTRACT(SUBSTRING(named.paragraph_zh, named.end_offset + 1, 200), '^(' || followers.words_pattern || ')', 1) AS said_zh
  FROM named
  JOIN reference.prose_followers AS followers
    ON followers.unit_pattern = ''
    AND named.is_direct
    AND named.document_kind = 'budget'
    AND named.value_kind = 'amount'
    AND NOT named.is_personal
    AND NOT named.line_code IS NULL
    AND REGEXP_MATCHES(named.section_zh, followers.section_pattern)
    AND REGEXP_FULL_MATCH(named.line_code, COALESCE(NULLIF(followers.line_pattern, ''), '.*'))
), zeros AS (
  SELECT
    unchanged.figure_id || '-unchanged' AS statement_id,
    unchanged.document_id,
    NULL AS figure_id,
    sentences.sentence_id,
    unchanged.section_zh,
    unchanged.line_code,
    unchanged.functional_code,
    unchanged.line_label_zh,
    unchanged.zero_measure AS measure_code,
    unchanged.zero_phase AS phase,
    unchanged.zero_base AS base,
    unchanged.fund,
    'amount' AS value_kind,
    0 AS value,
    NULL AS unit_text,
    NULL AS factor_cny,
    NULL AS decimal_count,
    REGEXP_EXTRACT(unchanged.said_zh, '[^，。；,;]*$') AS printed,
    NULL AS reason
  FROM unchanged
  JOIN raw.narrative_sentences AS sentences
    ON sentences.document_id = unchanged.document_id
    AND sentences.paragraph_number = unchanged.paragraph_number
    AND sentences.paragraph_offset < unchanged.end_offset + LENGTH(unchanged.said_zh)
    AND sentences.paragraph_offset + LENGTH(sentences.sentence) >= unchanged.end_offset + LENGTH(unchanged.said_zh)
  WHERE
    unchanged.said_zh <> ''
    AND REGEXP_EXTRACT(unchanged.said_zh, '(20[0-9]{2})年', 1) IN ('', (
        unchanged.fiscal_year - 1
    )::TEXT)
), statements AS (
  SELECT
    stated.*
  FROM stated
  UNION ALL
  SELECT
    zeros.*
  FROM zeros
)
SELECT
  statements.statement_id::TEXT AS statement_id, /* 陈述编号：文字数字编号；以文字所说的零加 -unchanged */
  statements.document_id::TEXT AS document_id, /* 文件编号 */
  statements.figure_id::TEXT AS figure_id, /* 文字数字编号；以文字所说的零没有 */
  statements.sentence_id::TEXT AS sentence_id, /* 句子编号 */
  statements.section_zh::TEXT AS section_zh, /* 所在各级标题 */
  CASE WHEN statements.reason IS NULL THEN statements.line_code END::TEXT AS line_code, /* 行代码：所说的是什么 */
  CASE WHEN statements.reason IS NULL THEN statements.functional_code END::TEXT AS functional_code, /* 功能分类科目编码 */
  CASE WHEN statements.reason IS NULL THEN statements.line_label_zh END::TEXT AS line_label_zh, /* 行标签 */
  CASE WHEN statements.reason IS NULL THEN statements.measure_code END::TEXT AS measure_code, /* 栏目代码：amount 金额、change 增减额、growth 增减率、share 占比、count 个数 */
  CASE
    WHEN statements.reason IS NULL
    THEN CASE
      WHEN statements.measure_code = 'amount'
      THEN '预算数'
      WHEN statements.unit_text IN ('人', '名')
      THEN '人数'
      ELSE measures.measure_label_zh
    END
  END::TEXT AS measure_label_zh, /* 栏目名称 */
  CASE WHEN statements.reason IS NULL THEN statements.phase END::TEXT AS phase, /* 预决算阶段 */
  CASE WHEN statements.reason IS NULL THEN statements.base END::TEXT AS base, /* 比较或占比的基数 */
  CASE WHEN statements.reason IS NULL THEN statements.fund END::TEXT AS fund, /* 资金范围；没有说明则为空 */
  statements.value_kind::TEXT AS value_kind, /* 值的种类 */
  CASE WHEN statements.reason IS NULL THEN statements.value END::DECIMAL(24, 6) AS value, /* 数值，减少为负；金额以元计，比率如所印 */
  CASE statements.value_kind WHEN 'amount' THEN 'CNY' WHEN 'ratio' THEN statements.unit_text END::TEXT AS unit, /* 数值的单位 */
  statements.unit_text::TEXT AS unit_printed, /* 印出的单位 */
  statements.factor_cny::BIGINT AS factor_cny, /* 一个金额单位等于多少元 */
  statements.decimal_count::INT AS decimal_count, /* 小数位数 */
  CASE WHEN COALESCE(statements.reason, '') <> 'personal' THEN statements.printed END::TEXT AS printed, /* 如所印 */
  statements.reason::TEXT AS unplaced_reason /* 没有读的原因；读了则为空 */
FROM statements
LEFT JOIN reference.narrative_measures AS measures
  ON measures.measure_code = statements.measure_code