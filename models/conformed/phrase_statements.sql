/* The figures of prose that the grammar of 情况说明 is not made for: all amounts and ratios of a budget,
and the headcounts of every document. A figure is read only where the words right before it are a
known phrase; every other one of a budget stays unread, for the one reason budget_prose.
One row per amount or ratio in the prose of a budget, and per headcount. */
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
    NOT_NULL(columns := (statement_id, document_id)),
    ACCEPTED_VALUES("column" := unplaced_reason, is_in := ('budget_prose', 'personal'))
  )
);

WITH figures AS (
  SELECT
    figures.figure_id,
    figures.document_id,
    documents.document_kind,
    sentences.sentence_id,
    figures.section_zh,
    SUBSTRING(figures.sentence, 1, figures.start_offset) AS lead_zh,
    figures.figure_text,
    REPLACE(REPLACE(figures.figure_text, ',', ''), '−', '-') AS number_text,
    figures.unit_text,
    CASE WHEN figures.unit_text IN ('人', '名') THEN 'people' ELSE units.value_kind END AS unit_kind,
    money.factor_cny,
    COALESCE(figures.is_personal, FALSE) AS is_personal
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
), matched AS (
  SELECT
    figures.figure_id,
    phrases.line_code,
    phrases.line_label_zh,
    phrases.fund,
    ROW_NUMBER() OVER (PARTITION BY figures.figure_id ORDER BY phrases.phrase_order) AS match_number
  FROM figures
  JOIN reference.prose_phrases AS phrases
    ON phrases.document_kind IN ('', figures.document_kind)
    AND phrases.unit_pattern = figures.unit_kind
    AND REGEXP_MATCHES(figures.section_zh, phrases.section_pattern)
    AND REGEXP_MATCHES(figures.lead_zh, '(' || phrases.lead_pattern || ')$')
), named AS (
  SELECT
    figures.*,
    CASE WHEN matched.line_code = '' THEN subjects.functional_code ELSE matched.line_code END AS line_code,
    CASE WHEN matched.line_code = '' THEN subjects.functional_code END AS functional_code,
    CASE WHEN matched.line_code = '' THEN subjects.line_label_zh ELSE matched.line_label_zh END AS line_label_zh,
    NULLIF(matched.fund, '') AS fund
  FROM figures
  LEFT JOIN matched
    ON matched.figure_id = figures.figure_id AND matched.match_number = 1
  LEFT JOIN conformed.narrative_subjects AS subjects
    ON subjects.figure_id = figures.figure_id
  WHERE
    NOT matched.figure_id IS NULL
    OR (
      figures.document_kind = 'budget' AND figures.unit_kind IN ('amount', 'ratio')
    )
), explained AS (
  SELECT
    named.*,
    CASE
      WHEN named.is_personal
      THEN 'personal'
      WHEN named.line_code IS NULL OR (
        named.unit_kind = 'amount' AND named.factor_cny IS NULL
      )
      THEN 'budget_prose'
    END AS reason
  FROM named
)
SELECT
  figure_id::TEXT AS statement_id, /* 陈述编号：文字数字编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  figure_id::TEXT AS figure_id, /* 文字数字编号 */
  sentence_id::TEXT AS sentence_id, /* 句子编号 */
  section_zh::TEXT AS section_zh, /* 所在各级标题 */
  CASE WHEN reason IS NULL THEN line_code END::TEXT AS line_code, /* 行代码：所说的是什么 */
  CASE WHEN reason IS NULL THEN functional_code END::TEXT AS functional_code, /* 功能分类科目编码 */
  CASE WHEN reason IS NULL THEN line_label_zh END::TEXT AS line_label_zh, /* 行标签 */
  CASE WHEN reason IS NULL THEN CASE unit_kind WHEN 'people' THEN 'count' ELSE 'amount' END END::TEXT AS measure_code, /* 栏目代码：amount 金额、count 人数 */
  CASE WHEN reason IS NULL THEN CASE unit_kind WHEN 'people' THEN '人数' ELSE '预算数' END END::TEXT AS measure_label_zh, /* 栏目名称 */
  CASE
    WHEN reason IS NULL
    THEN CASE document_kind WHEN 'budget' THEN 'initial_budget' ELSE 'final' END
  END::TEXT AS phase, /* 预决算阶段 */
  CASE WHEN reason IS NULL THEN fund END::TEXT AS fund, /* 资金范围；没有说明则为空 */
  CASE unit_kind WHEN 'people' THEN 'count' ELSE unit_kind END::TEXT AS value_kind, /* 值的种类 */
  CASE WHEN reason IS NULL THEN number_text::DECIMAL(24, 6) * COALESCE(factor_cny, 1) END::DECIMAL(24, 6) AS value, /* 数值；金额以元计 */
  CASE unit_kind WHEN 'amount' THEN 'CNY' WHEN 'ratio' THEN unit_text END::TEXT AS unit, /* 数值的单位 */
  unit_text::TEXT AS unit_printed, /* 印出的单位 */
  factor_cny::BIGINT AS factor_cny, /* 一个金额单位等于多少元 */
  LENGTH(REGEXP_EXTRACT(number_text, '\.([0-9]+)$', 1))::INT AS decimal_count, /* 小数位数 */
  CASE WHEN COALESCE(reason, '') <> 'personal' THEN figure_text END::TEXT AS printed, /* 如所印 */
  reason::TEXT AS unplaced_reason /* 没有读的原因；读了则为空 */
FROM explained