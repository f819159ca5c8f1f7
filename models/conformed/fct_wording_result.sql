/* Suspicious wordings: what the words of a disclosure say, and what its tables, its own notes or the
neighbouring text say; and what costs far more than elsewhere. Only current disclosures; only what is
suspicious has a row. One row per suspicious wording. */
MODEL (
  name conformed.fct_wording_result,
  kind FULL,
  grain wording_result_id,
  audits (
    UNIQUE_VALUES(columns := (
      wording_result_id
    )),
    NOT_NULL(columns := (wording_result_id, check_id, disclosure_id, document_id, words_zh))
  )
);

WITH wordings AS (
  SELECT
    check_id,
    document_id,
    item_key,
    words_zh,
    held_against_zh,
    sentence_id,
    NULL::TEXT AS cell_id,
    NULL::TEXT AS other_sentence_id,
    other_cell_id,
    stated_value_id
  FROM conformed.wording_listed_items
  UNION ALL
  SELECT
    check_id,
    document_id,
    item_key,
    words_zh,
    held_against_zh,
    sentence_id,
    NULL AS cell_id,
    NULL AS other_sentence_id,
    other_cell_id,
    stated_value_id
  FROM conformed.wording_class_names
  UNION ALL
  SELECT
    check_id,
    document_id,
    item_key,
    words_zh,
    held_against_zh,
    sentence_id,
    cell_id,
    NULL AS other_sentence_id,
    NULL AS other_cell_id,
    NULL AS stated_value_id
  FROM conformed.wording_patterns_found
  UNION ALL
  SELECT
    check_id,
    document_id,
    item_key,
    words_zh,
    held_against_zh,
    sentence_id,
    NULL AS cell_id,
    other_sentence_id,
    NULL AS other_cell_id,
    NULL AS stated_value_id
  FROM conformed.wording_copied_texts
  UNION ALL
  SELECT
    check_id,
    document_id,
    item_key,
    words_zh,
    held_against_zh,
    NULL AS sentence_id,
    cell_id,
    NULL AS other_sentence_id,
    other_cell_id,
    stated_value_id
  FROM conformed.wording_missing_remarks
  UNION ALL
  SELECT
    check_id,
    document_id,
    item_key,
    words_zh,
    held_against_zh,
    NULL AS sentence_id,
    cell_id,
    NULL AS other_sentence_id,
    NULL AS other_cell_id,
    stated_value_id
  FROM conformed.wording_printed_codes
  UNION ALL
  SELECT
    'wording.unit_cost_far' AS check_id,
    amounts.document_id,
    costs.unit_cost_code AS item_key,
    costs.name_zh || costs.unit_cost_cny::TEXT || '元' AS words_zh,
    '同年' || costs.peer_count::TEXT || '个公开的中位数为' || costs.peer_median_cny::TEXT || '元' AS held_against_zh,
    amounts.sentence_id,
    amounts.cell_id,
    counts.sentence_id AS other_sentence_id,
    NULL AS other_cell_id,
    costs.amount_value_id AS stated_value_id
  FROM conformed.fct_unit_cost AS costs
  JOIN conformed.fct_stated_value AS amounts
    ON amounts.stated_value_id = costs.amount_value_id
  JOIN conformed.fct_stated_value AS counts
    ON counts.stated_value_id = costs.count_value_id
  WHERE
    costs.is_far
)
SELECT
  'wording-' || SUBSTRING(MD5(CONCAT_WS('|', wordings.check_id, disclosures.disclosure_id, wordings.item_key)), 1, 20)::TEXT AS wording_result_id, /* 文字核对结果编号 */
  wordings.check_id::TEXT AS check_id, /* 文字核对 */
  disclosures.disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  wordings.document_id::TEXT AS document_id, /* 文件编号 */
  disclosures.department_id::TEXT AS department_id, /* 部门编号 */
  disclosures.fiscal_year::INT AS fiscal_year, /* 年度 */
  wordings.item_key::TEXT AS item_key, /* 所说的内容：科目、项目、句子 */
  wordings.words_zh::TEXT AS words_zh, /* 文字怎么说 */
  wordings.held_against_zh::TEXT AS held_against_zh, /* 表格、表下说明或相邻文字怎么说 */
  wordings.sentence_id::TEXT AS sentence_id, /* 文字所在的句子；不在文字里则为空 */
  wordings.cell_id::TEXT AS cell_id, /* 文字所在的单元格；不在表内则为空 */
  wordings.other_sentence_id::TEXT AS other_sentence_id, /* 用来对照的句子 */
  wordings.other_cell_id::TEXT AS other_cell_id, /* 用来对照的单元格 */
  wordings.stated_value_id::TEXT AS stated_value_id, /* 有关的陈述值 */
  checks.severity::TEXT AS severity /* error 错误、warning 警告、info 提示 */
FROM wordings
JOIN reference.wording_checks AS checks
  ON checks.check_id = wordings.check_id
JOIN conformed.bridge_disclosure_document AS disclosures
  ON disclosures.document_id = wordings.document_id AND disclosures.is_current