/* 政府采购: amounts as the form of a budget states them, else the prose, with the basis it names.
One row per disclosure and item. */
MODEL (
  name conformed.fct_procurement,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, item_code),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, item_code)),
    NOT_NULL(columns := (disclosure_id, document_id, item_code, amount_cny))
  )
);

WITH preferred AS (
  SELECT
    *,
    REGEXP_REPLACE(line_code, '^procurement\.', '') AS item,
    ROW_NUMBER() OVER (
      PARTITION BY disclosure_id, REGEXP_REPLACE(line_code, '^procurement\.', '')
      ORDER BY CASE form_code WHEN 'procurement' THEN 1 ELSE 2 END, stated_value_id
    ) AS preference
  FROM conformed.fct_stated_value
  WHERE
    is_preferred
    AND value_kind = 'amount'
    AND measure_code = 'amount'
    AND (
      form_code = 'procurement' OR (
        form_code = 'narrative' AND STARTS_WITH(line_code, 'procurement.')
      )
    )
)
SELECT
  stated.stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  stated.disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  stated.document_id::TEXT AS document_id, /* 文件编号 */
  stated.department_id::TEXT AS department_id, /* 部门编号 */
  stated.reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  stated.fiscal_year::INT AS fiscal_year, /* 年度 */
  stated.item::TEXT AS item_code, /* total 总额、goods 货物、works 工程、services 服务、sme_award 授予中小企业、micro_award 授予小微企业、*_reserved_* 预留 */
  stated.line_label_zh::TEXT AS item_zh, /* 项目，如所印 */
  CASE
    WHEN CONTAINS(sentences.sentence, '合同签订')
    THEN 'contract_signed'
    WHEN CONTAINS(sentences.sentence, '采购支出')
    THEN 'expenditure'
  END::TEXT AS basis, /* 口径：contract_signed 以合同签订为准、expenditure 支出；没有说明则为空 */
  stated.phase::TEXT AS phase, /* 预决算阶段 */
  stated.value::DECIMAL(20, 2) AS amount_cny /* 金额（元） */
FROM preferred AS stated
LEFT JOIN raw.narrative_sentences AS sentences
  ON sentences.sentence_id = stated.sentence_id
WHERE
  stated.preference = 1