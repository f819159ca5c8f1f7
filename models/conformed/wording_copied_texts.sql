/* Functional items whose explanation is, word for word, that of the item next to them and names that
other item: 住房公积金 “主要用于：事业单位医疗保险支出”. Short or general explanations may repeat; the text must
hold the full name of the other item and no two characters of the item's own name.
One row per document and item. */
MODEL (
  name conformed.wording_copied_texts,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, item_key),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, item_key)),
    NOT_NULL(columns := (check_id, document_id, item_key, sentence_id, words_zh))
  )
);

WITH items AS (
  /* The paragraphs that speak of one 项 alone, in their order. */
  SELECT
    paths.document_id,
    paths.paragraph_number,
    MIN(paragraphs.paragraph_zh) AS paragraph_zh,
    MIN(paths.functional_code) AS functional_code,
    MIN(
      REGEXP_EXTRACT(
        SUBSTRING(paragraphs.paragraph_zh, paths.start_offset + 1, paths.end_offset - paths.start_offset),
        '(?:.*\((?:类|款)\))?(.*)\(项\)$',
        1
      )
    ) AS name_zh,
    ROW_NUMBER() OVER (PARTITION BY paths.document_id ORDER BY paths.paragraph_number) AS item_number
  FROM conformed.narrative_functional_paths AS paths
  JOIN staging.narrative_paragraphs AS paragraphs
    ON paragraphs.document_id = paths.document_id AND paragraphs.paragraph_number = paths.paragraph_number
  WHERE
    LENGTH(paths.functional_code) = 7 AND NOT paragraphs.is_personal
  GROUP BY
    paths.document_id,
    paths.paragraph_number
  HAVING
    COUNT(DISTINCT paths.functional_code) = 1
), explained AS (
  SELECT
    items.document_id,
    items.paragraph_number,
    items.functional_code,
    items.name_zh,
    items.item_number,
    patterns.check_id,
    REGEXP_REPLACE(REGEXP_REPLACE(items.name_zh, '支出$', ''), '[^一-鿿]', '', 'g') AS bare_name,
    REGEXP_EXTRACT(items.paragraph_zh, patterns.pattern, 1) AS explanation_zh
  FROM items
  JOIN reference.wording_patterns AS patterns
    ON patterns.target = 'explanation' AND REGEXP_MATCHES(items.paragraph_zh, patterns.pattern)
), copied AS (
  SELECT
    explained.document_id,
    explained.check_id,
    explained.functional_code,
    explained.name_zh,
    explained.explanation_zh,
    explained.paragraph_number,
    others.name_zh AS other_name_zh,
    others.paragraph_number AS other_paragraph_number,
    ROW_NUMBER() OVER (
      PARTITION BY explained.document_id, explained.functional_code
      ORDER BY explained.paragraph_number, others.paragraph_number
    ) AS match_number
  FROM explained
  JOIN explained AS others
    ON others.document_id = explained.document_id
    AND others.explanation_zh = explained.explanation_zh
    AND others.functional_code <> explained.functional_code
    AND ABS(others.item_number - explained.item_number) = 1
  WHERE
    LENGTH(others.bare_name) >= 4
    AND CONTAINS(REGEXP_REPLACE(explained.explanation_zh, '[^一-鿿]', '', 'g'), others.bare_name)
    AND NOT EXISTS(
      SELECT
        1
      FROM UNNEST(RANGE(1, LENGTH(explained.bare_name))) AS offsets(start_offset)
      WHERE
        CONTAINS(explained.explanation_zh, SUBSTRING(explained.bare_name, offsets.start_offset, 2))
    )
), places AS (
  SELECT
    copied.document_id,
    copied.paragraph_number,
    copied.other_paragraph_number,
    MIN(CASE WHEN sentences.paragraph_number = copied.paragraph_number THEN sentences.sentence_id END) AS sentence_id,
    MIN(CASE WHEN sentences.paragraph_number = copied.other_paragraph_number THEN sentences.sentence_id END) AS other_sentence_id
  FROM copied
  JOIN raw.narrative_sentences AS sentences
    ON sentences.document_id = copied.document_id
    AND sentences.paragraph_number IN (copied.paragraph_number, copied.other_paragraph_number)
    AND CONTAINS(sentences.sentence, copied.explanation_zh)
  GROUP BY
    copied.document_id,
    copied.paragraph_number,
    copied.other_paragraph_number
)
SELECT
  copied.check_id::TEXT AS check_id, /* 文字核对 */
  copied.document_id::TEXT AS document_id, /* 文件编号 */
  copied.functional_code::TEXT AS item_key, /* 功能分类科目编码 */
  (
    '“' || copied.name_zh || '”的说明写的是“' || copied.explanation_zh || '”'
  )::TEXT AS words_zh, /* 文字怎么说 */
  (
    '与相邻的“' || copied.other_name_zh || '”逐字相同'
  )::TEXT AS held_against_zh, /* 相邻的科目怎么说 */
  places.sentence_id::TEXT AS sentence_id, /* 文字所在的句子 */
  places.other_sentence_id::TEXT AS other_sentence_id /* 相邻科目的句子 */
FROM copied
JOIN places
  ON places.document_id = copied.document_id
  AND places.paragraph_number = copied.paragraph_number
  AND places.other_paragraph_number = copied.other_paragraph_number
WHERE
  copied.match_number = 1