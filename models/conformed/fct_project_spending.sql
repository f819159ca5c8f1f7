/* 项目支出明细: the spending of a project as its self-evaluation report prints it; two rows of one
economic code stay two rows. One row per disclosure, project and printed row. */
MODEL (
  name conformed.fct_project_spending,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, project_id, row_number),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, project_id, row_number)),
    NOT_NULL(columns := (disclosure_id, document_id, project_id, row_number))
  )
);

SELECT
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  project_id::TEXT AS project_id, /* 项目编号 */
  row_number::INT AS row_number, /* 表内行号 */
  MIN(economic_code)::TEXT AS economic_code, /* 部门预算经济分类科目编码；没有印出则为空 */
  MIN(line_label_zh)::TEXT AS label_zh, /* 支出内容，如所印 */
  MIN(CASE measure_code WHEN 'quantified_detail' THEN printed END)::TEXT AS quantified_detail, /* 量化支出明细内容 */
  MAX(CASE measure_code WHEN 'quantity' THEN value END)::DECIMAL(20, 6) AS quantity, /* 数量 */
  MAX(CASE measure_code WHEN 'unit_price' THEN value END)::DECIMAL(20, 2) AS unit_price_cny, /* 单价（元） */
  MAX(CASE measure_code WHEN 'quantified_amount' THEN value END)::DECIMAL(20, 2) AS quantified_amount_cny, /* 量化支出金额（元） */
  MIN(CASE measure_code WHEN 'unquantified_detail' THEN printed END)::TEXT AS unquantified_detail, /* 非量化支出明细内容 */
  MAX(CASE measure_code WHEN 'unquantified_amount' THEN value END)::DECIMAL(20, 2) AS unquantified_amount_cny, /* 非量化支出金额（元） */
  MAX(CASE measure_code WHEN 'total_amount' THEN value END)::DECIMAL(20, 2) AS total_amount_cny, /* 总金额（元） */
  MIN(cell_id)::TEXT AS cell_id /* 该行第一个单元格 */
FROM conformed.fct_stated_value
WHERE
  is_preferred AND block = 'spending' AND NOT project_id IS NULL
GROUP BY
  disclosure_id,
  document_id,
  department_id,
  fiscal_year,
  project_id,
  row_number