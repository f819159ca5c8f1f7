/* 项目资金来源: funding of a project by source, as its self-evaluation report states it (planned,
arranged and spent, in total and of the current year) or its one-page form (initial and adjusted
budget, executed, and the rate and score of the execution).
One row per disclosure, project and source. */
MODEL (
  name conformed.fct_project_funding,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, project_id, funding_source_code),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, project_id, funding_source_code)),
    NOT_NULL(columns := (disclosure_id, document_id, project_id, funding_source_code))
  )
);

SELECT
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  project_id::TEXT AS project_id, /* 项目编号 */
  REPLACE(line_code, '.partial', '')::TEXT AS funding_source_code, /* total 合计、own_level 本级资金及其当年预算、结转、追加，other_levels 其他级次，other_sources 其他来源；自评表：current 当年财政拨款、fiscal 财政拨款、carryover 上年结转、other 其他，source- 开头为其余印出的来源 */
  MIN(line_label_zh)::TEXT AS funding_source_zh, /* 资金来源，如所印 */
  MAX(CASE measure_code WHEN 'planned_total' THEN value END)::DECIMAL(20, 2) AS planned_total_cny, /* 计划安排总金额（元） */
  MAX(CASE measure_code WHEN 'planned_current' THEN value END)::DECIMAL(20, 2) AS planned_current_cny, /* 计划安排当年金额（元） */
  MAX(CASE measure_code WHEN 'arranged_total' THEN value END)::DECIMAL(20, 2) AS arranged_total_cny, /* 实际安排总金额（元） */
  MAX(CASE measure_code WHEN 'arranged_current' THEN value END)::DECIMAL(20, 2) AS arranged_current_cny, /* 实际安排当年金额（元） */
  MAX(CASE measure_code WHEN 'spent_total' THEN value END)::DECIMAL(20, 2) AS spent_total_cny, /* 实际支出总金额（元） */
  MAX(CASE measure_code WHEN 'spent_current' THEN value END)::DECIMAL(20, 2) AS spent_current_cny, /* 实际支出当年金额（元） */
  MAX(CASE measure_code WHEN 'initial_budget' THEN value END)::DECIMAL(20, 2) AS initial_budget_cny, /* 年初预算数（元），自评表 */
  MAX(CASE measure_code WHEN 'adjusted_budget' THEN value END)::DECIMAL(20, 2) AS adjusted_budget_cny, /* 全年预算数（元），自评表 */
  MAX(CASE measure_code WHEN 'executed' THEN value END)::DECIMAL(20, 2) AS executed_cny, /* 全年执行数（元），自评表 */
  MAX(CASE measure_code WHEN 'execution_rate' THEN value END)::DECIMAL(9, 4) AS execution_rate_pct, /* 执行率（%），自评表所填 */
  MAX(CASE measure_code WHEN 'weight' THEN value END)::DECIMAL(9, 4) AS weight, /* 执行率的分值 */
  MAX(CASE measure_code WHEN 'score' THEN value END)::DECIMAL(9, 4) AS score, /* 执行率的得分 */
  MIN(cell_id)::TEXT AS cell_id /* 该行第一个单元格 */
FROM conformed.fct_stated_value
WHERE
  is_preferred AND block = 'funding' AND NOT project_id IS NULL
GROUP BY
  disclosure_id,
  document_id,
  department_id,
  fiscal_year,
  project_id,
  line_code