/* Items that the prose lists as spent on (主要包括：办公费、邮电费…) while the form of basic expenditure
states a zero for them or lacks them. Names are looked up in the code list of the year and in the form
itself; what neither knows is left alone, as is a form with cells that could not be placed.
One row per document and item. */
MODEL (
  name conformed.wording_listed_items,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, item_key),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, item_key)),
    NOT_NULL(columns := (check_id, document_id, item_key, sentence_id, words_zh))
  )
);

WITH cells AS (
  SELECT
    *
  FROM conformed.cell_placements
  WHERE
    form_code = 'general_budget_basic_expenditure'
), forms AS (
  SELECT
    cells.document_id,
    names.name_zh AS form_zh
  FROM cells
  JOIN reference.forms AS names
    ON names.form_code = cells.form_code
  GROUP BY
    cells.document_id,
    names.name_zh
  HAVING
    BOOL_AND(CAST(COALESCE(cells.unplaced_reason, 'blank') = 'blank' AS BOOLEAN))
    AND BOOL_OR(CAST(cells.unplaced_reason IS NULL AS BOOLEAN))
), lists AS (
  SELECT
    paragraphs.document_id,
    paragraphs.paragraph_number,
    paragraphs.fiscal_year,
    patterns.check_id,
    UNNEST(REGEXP_EXTRACT_ALL(paragraphs.paragraph_zh, patterns.pattern, 1)) AS list_zh
  FROM staging.narrative_paragraphs AS paragraphs
  JOIN reference.wording_patterns AS patterns
    ON patterns.target = 'list'
  WHERE
    paragraphs.section_code = 'general_basic' AND NOT paragraphs.is_personal
), listed AS (
  SELECT
    lists.*,
    UNNEST(REGEXP_SPLIT_TO_ARRAY(lists.list_zh, '[、，,]')) AS listed_zh
  FROM lists
), items AS (
  SELECT
    listed.*,
    REGEXP_REPLACE(REGEXP_REPLACE(listed.listed_zh, '等(支出|费用|方面)?$', ''), '[^一-鿿]', '', 'g') AS item_key
  FROM listed
), known AS (
  SELECT DISTINCT
    documents.document_id,
    codes.economic_code,
    REGEXP_REPLACE(codes.name_zh, '[^一-鿿]', '', 'g') AS item_key
  FROM raw.documents AS documents
  JOIN reference.economic_classifications AS codes
    ON codes.scheme = 'departmental'
    AND codes.valid_from_year <= documents.fiscal_year
    AND COALESCE(codes.valid_to_year, 9999) >= documents.fiscal_year
  UNION
  SELECT
    document_id,
    line_code AS economic_code,
    REGEXP_REPLACE(line_label_zh, '[^一-鿿]', '', 'g') AS item_key
  FROM cells
  WHERE
    NOT classification_code IS NULL
), compared AS (
  /* A name that several codes bear is zero only where all of them are. */
  SELECT
    items.check_id,
    items.document_id,
    items.item_key,
    forms.form_zh,
    MIN(items.paragraph_number) AS paragraph_number,
    MIN(items.listed_zh) AS listed_zh,
    LISTAGG(DISTINCT known.economic_code, '、'
    ORDER BY
      known.economic_code) AS codes_zh,
    MAX(ABS(cells.number)) AS amount,
    MIN(CASE WHEN NOT cells.number IS NULL THEN cells.cell_id END) AS zero_cell_id
  FROM items
  JOIN forms
    ON forms.document_id = items.document_id
  JOIN known
    ON known.document_id = items.document_id AND known.item_key = items.item_key
  LEFT JOIN cells
    ON cells.document_id = items.document_id AND cells.line_code = known.economic_code
  GROUP BY
    items.check_id,
    items.document_id,
    items.item_key,
    forms.form_zh
), places AS (
  SELECT
    compared.document_id,
    compared.item_key,
    MIN(sentences.sentence_id) AS sentence_id
  FROM compared
  JOIN raw.narrative_sentences AS sentences
    ON sentences.document_id = compared.document_id
    AND sentences.paragraph_number = compared.paragraph_number
    AND CONTAINS(sentences.sentence, compared.listed_zh)
  GROUP BY
    compared.document_id,
    compared.item_key
)
SELECT
  compared.check_id::TEXT AS check_id, /* 文字核对 */
  compared.document_id::TEXT AS document_id, /* 文件编号 */
  compared.item_key::TEXT AS item_key, /* 所说的内容，只留汉字 */
  (
    '文字列有“' || compared.listed_zh || '”'
  )::TEXT AS words_zh, /* 文字怎么说 */
  (
    '《' || compared.form_zh || '》' || compared.codes_zh || COALESCE('为' || zero_cells.printed, '没有数')
  )::TEXT AS held_against_zh, /* 表怎么说 */
  places.sentence_id::TEXT AS sentence_id, /* 文字所在的句子 */
  compared.zero_cell_id::TEXT AS other_cell_id, /* 表内为零的单元格；没有印出则为空 */
  compared.zero_cell_id::TEXT AS stated_value_id /* 表内所陈述的零 */
FROM compared
JOIN places
  ON places.document_id = compared.document_id AND places.item_key = compared.item_key
LEFT JOIN cells AS zero_cells
  ON zero_cells.cell_id = compared.zero_cell_id
WHERE
  COALESCE(compared.amount, 0) = 0