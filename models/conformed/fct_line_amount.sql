/* Every amount a disclosure states, as printed and in yuan. One row per amount stated. */
MODEL (
  name conformed.fct_line_amount,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain line_amount_id,
  audits (
    UNIQUE_VALUES(columns := (
      line_amount_id
    )),
    NOT_NULL(columns := (line_amount_id, disclosure_id, document_id, form_code, line_code, amount_cny))
  )
);

SELECT
  stated_value_id::TEXT AS line_amount_id, /* 金额编号 */
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  fiscal_year::INT AS fiscal_year, /* 所述年度 */
  form_code::TEXT AS form_code, /* 报表代码 */
  block::TEXT AS block, /* 并列块 */
  line_code::TEXT AS line_code, /* 行代码 */
  COALESCE(functional_code, economic_code)::TEXT AS classification_code, /* 功能或经济分类科目编码 */
  line_label_zh::TEXT AS line_label_zh, /* 行标签，如所印 */
  measure_code::TEXT AS measure_code, /* 栏目代码 */
  measure_label_zh::TEXT AS measure_label_zh, /* 栏目名称 */
  phase::TEXT AS phase, /* 预决算阶段 */
  fund::TEXT AS fund, /* 资金范围 */
  value::DECIMAL(20, 2) AS amount_cny, /* 金额（元） */
  printed::TEXT AS amount_printed, /* 金额，如所印 */
  unit_printed::TEXT AS unit_printed, /* 印出的单位 */
  half_unit::DECIMAL(20, 6) AS half_unit_cny, /* 末位的一半（元） */
  source_kind::TEXT AS source_kind, /* table 表格、note 表下说明、narrative 情况说明 */
  cell_id::TEXT AS cell_id, /* 单元格编号 */
  figure_id::TEXT AS figure_id, /* 文字数字编号 */
  sentence_id::TEXT AS sentence_id, /* 文字陈述所在的句子 */
  is_preferred::BOOLEAN AS is_preferred /* 现行公开中同一处的首选陈述 */
FROM conformed.fct_stated_value
WHERE
  value_kind = 'amount'