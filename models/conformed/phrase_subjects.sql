/* What the words right before a figure say it is, by the phrases of reference.prose_phrases: in the
prose of a budget, and for the headcounts of every document. In a budget no year but its own may stand
before the figure. One row per figure with a known phrase right before it. */
MODEL (
  name conformed.phrase_subjects,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain figure_id,
  audits (UNIQUE_VALUES(columns := (
      figure_id
  )), NOT_NULL(columns := (figure_id, document_id)))
);

WITH figures AS (
  SELECT
    figures.figure_id,
    figures.document_id,
    documents.document_kind,
    documents.fiscal_year,
    figures.section_zh,
    SUBSTRING(figures.sentence, 1, figures.start_offset) AS lead_zh,
    figures.unit_text,
    CASE WHEN figures.unit_text IN ('人', '名') THEN 'people' ELSE units.value_kind END AS unit_kind
  FROM raw.narrative_figures AS figures
  JOIN raw.documents AS documents
    ON documents.document_id = figures.document_id
    AND documents.status IN ('loaded', 'superseded', 'quarantined')
  LEFT JOIN reference.narrative_units AS units
    ON units.unit_text = figures.unit_text
), matched AS (
  SELECT
    figures.figure_id,
    figures.document_id,
    phrases.line_code,
    phrases.line_label_zh,
    phrases.fund,
    ROW_NUMBER() OVER (PARTITION BY figures.figure_id ORDER BY phrases.phrase_order) AS match_number
  FROM figures
  JOIN reference.prose_phrases AS phrases
    ON phrases.document_kind IN ('', figures.document_kind)
    AND phrases.unit_pattern IN (figures.unit_kind, figures.unit_text)
    AND REGEXP_MATCHES(figures.section_zh, phrases.section_pattern)
    AND REGEXP_MATCHES(figures.lead_zh, '(' || phrases.lead_pattern || ')$')
  WHERE
    figures.document_kind <> 'budget'
    OR REGEXP_EXTRACT(figures.lead_zh, '(20[0-9]{2})年度?[^，。；、：:(0-9]*$', 1) IN ('', figures.fiscal_year::TEXT)
)
SELECT
  matched.figure_id::TEXT AS figure_id, /* 文字数字编号 */
  matched.document_id::TEXT AS document_id, /* 文件编号 */
  CASE WHEN matched.line_code = '' THEN codes.functional_code ELSE matched.line_code END::TEXT AS line_code, /* 行代码；科目不明则为空 */
  CASE WHEN matched.line_code = '' THEN codes.functional_code END::TEXT AS functional_code, /* 功能分类科目编码 */
  CASE WHEN matched.line_code = '' THEN NULL ELSE matched.line_label_zh END::TEXT AS line_label_zh, /* 行标签；科目则为空 */
  NULLIF(matched.fund, '')::TEXT AS fund /* 资金范围；没有说明则为空 */
FROM matched
LEFT JOIN conformed.phrase_functional_codes AS codes
  ON codes.figure_id = matched.figure_id
WHERE
  matched.match_number = 1