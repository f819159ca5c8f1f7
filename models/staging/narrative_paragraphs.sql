/* The paragraphs of 情况说明, put together from their sentences, with the section they stand in.
Glossary, overview, notes and attachments stand in no such section and are left out.
One row per paragraph of 情况说明. */
MODEL (
  name staging.narrative_paragraphs,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, paragraph_number),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, paragraph_number)),
    NOT_NULL(columns := (document_id, paragraph_number, section_code, paragraph_zh))
  )
);

WITH paragraphs AS (
  SELECT
    sentences.document_id,
    sentences.paragraph_number,
    MIN(sentences.section_zh) AS section_zh,
    LISTAGG(sentences.sentence, ''
    ORDER BY
      sentences.sentence_number) AS paragraph_zh,
    BOOL_OR(sentences.is_personal::BOOLEAN) AS is_personal
  FROM raw.narrative_sentences AS sentences
  GROUP BY
    sentences.document_id,
    sentences.paragraph_number
), sectioned AS (
  SELECT
    paragraphs.*,
    documents.fiscal_year,
    sections.section_code,
    sections.fund,
    ROW_NUMBER() OVER (PARTITION BY paragraphs.document_id, paragraphs.paragraph_number ORDER BY sections.section_order) AS match_number
  FROM paragraphs
  JOIN raw.documents AS documents
    ON documents.document_id = paragraphs.document_id
    AND documents.status IN ('loaded', 'superseded', 'quarantined')
  JOIN reference.narrative_sections AS sections
    ON REGEXP_MATCHES(paragraphs.section_zh, sections.section_pattern)
)
SELECT
  sectioned.document_id::TEXT AS document_id, /* 文件编号 */
  sectioned.paragraph_number::INT AS paragraph_number, /* 文件内第几段 */
  sectioned.fiscal_year::INT AS fiscal_year, /* 文件自述的年度 */
  sectioned.section_zh::TEXT AS section_zh, /* 所在各级标题 */
  sectioned.section_code::TEXT AS section_code, /* 情况说明的哪一部分 */
  NULLIF(sectioned.fund, '')::TEXT AS fund, /* 该部分所述的资金范围 */
  sectioned.paragraph_zh::TEXT AS paragraph_zh, /* 整段文字 */
  sectioned.is_personal::BOOLEAN AS is_personal /* 是否含个人信息 */
FROM sectioned
WHERE
  sectioned.match_number = 1