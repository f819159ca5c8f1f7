/* 项目: what the self-evaluation summary states of each project. Functional code, procurement and
dates are stated by the project's own report and stay empty without it.
One row per disclosure and project. */
MODEL (
  name conformed.fct_project,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (disclosure_id, project_id),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, project_id)),
    NOT_NULL(columns := (disclosure_id, document_id, project_id, project_name))
  )
);

SELECT
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  project_id::TEXT AS project_id, /* 项目编号 */
  MIN(line_label_zh)::TEXT AS project_name, /* 项目名称 */
  NULL::TEXT AS functional_code, /* 功能分类科目编码 */
  NULL::BOOLEAN AS is_procurement, /* 是否政府采购 */
  MAX(value) FILTER(WHERE
    measure_code = 'budget')::DECIMAL(20, 2) AS budget_cny, /* 预算资金（元） */
  MAX(value) FILTER(WHERE
    measure_code = 'executed')::DECIMAL(20, 2) AS executed_cny, /* 执行金额（元） */
  MAX(value) FILTER(WHERE
    measure_code = 'self_score')::DECIMAL(9, 4) AS self_score, /* 自评得分 */
  MAX(printed) FILTER(WHERE
    measure_code = 'grade')::TEXT AS grade, /* 自评等级 */
  NULL::DATE AS planned_start_date, /* 计划开始日期 */
  NULL::DATE AS planned_end_date, /* 计划完成日期 */
  NULL::DATE AS actual_start_date, /* 实际开始日期 */
  NULL::DATE AS actual_end_date /* 实际完成日期 */
FROM conformed.fct_stated_value
WHERE
  NOT project_id IS NULL AND is_preferred
GROUP BY
  disclosure_id,
  document_id,
  department_id,
  reporting_scope,
  fiscal_year,
  project_id