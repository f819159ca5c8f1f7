/* 绩效指标: the indicators of a project in both tables of its self-evaluation report, targets
(目标完成情况) and scores (项目自评情况), or of its one-page form (scores). One row per disclosure, project, table and printed row. */
MODEL (
  name conformed.fct_project_indicator,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, project_id, indicator_table, row_number),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, project_id, indicator_table, row_number)),
    NOT_NULL(columns := (disclosure_id, document_id, project_id, indicator_id))
  )
);

SELECT
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  project_id::TEXT AS project_id, /* 项目编号 */
  block::TEXT AS indicator_table, /* targets 目标完成情况、scores 项目自评情况或自评表 */
  row_number::INT AS row_number, /* 表内行号 */
  MIN(line_code)::TEXT AS indicator_id, /* 指标编号：各级指标名称相同即相同 */
  MIN(line_label_zh)::TEXT AS indicator_path_zh, /* 一级／二级／三级／四级指标 */
  MIN(CASE measure_code WHEN 'target' THEN printed END)::TEXT AS target, /* 目标值，如所印 */
  MIN(CASE measure_code WHEN 'actual' THEN printed END)::TEXT AS actual, /* 完成值，如所印 */
  MIN(CASE measure_code WHEN 'unit' THEN printed END)::TEXT AS unit_zh, /* 计量单位 */
  MAX(CASE measure_code WHEN 'weight' THEN value END)::DECIMAL(9, 4) AS weight, /* 分值 */
  MAX(CASE measure_code WHEN 'score' THEN value END)::DECIMAL(9, 4) AS score, /* 得分 */
  MIN(CASE measure_code WHEN 'standard' THEN printed END)::TEXT AS standard_zh, /* 标准件 */
  MIN(CASE measure_code WHEN 'deviation' THEN printed END)::TEXT AS deviation_zh, /* 偏差原因分析及改进措施，如所印 */
  MIN(cell_id)::TEXT AS cell_id /* 该行第一个单元格 */
FROM conformed.fct_stated_value
WHERE
  is_preferred AND block IN ('targets', 'scores') AND line_role = 'detail' AND NOT project_id IS NULL
GROUP BY
  disclosure_id,
  document_id,
  department_id,
  fiscal_year,
  project_id,
  block,
  row_number