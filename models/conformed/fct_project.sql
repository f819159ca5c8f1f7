/* 项目: what the self-evaluation summary and the project's own report or form state of it, or the table of
projects of a budget. What none of them states stays empty. One row per disclosure and project. */
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

WITH fields AS (
  SELECT
    *,
    CASE
      WHEN block = 'information' OR (
        form_code = 'project_self_evaluation_form' AND block = 'conclusion'
      )
      THEN line_code
    END AS field_code,
    REPLACE(line_code, '.partial', '') AS total_code,
    CASE
      WHEN form_code = 'project_self_evaluation_summary'
      THEN measure_code
      WHEN form_code = 'project_budget' AND measure_code = 'total'
      THEN 'budget'
    END AS summary_code
  FROM conformed.fct_stated_value
  WHERE
    is_preferred AND NOT project_id IS NULL
)
SELECT
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  reporting_scope::TEXT AS reporting_scope, /* 报告口径 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  project_id::TEXT AS project_id, /* 项目编号 */
  COALESCE(
    MIN(CASE WHEN NOT summary_code IS NULL THEN line_label_zh END),
    MIN(CASE field_code WHEN 'project_name' THEN REGEXP_REPLACE(printed, '[\s\p{Z}]', '', 'g') END)
  )::TEXT AS project_name, /* 项目名称 */
  MIN(CASE field_code WHEN 'functional_code' THEN REGEXP_EXTRACT(printed, '\[([0-9]{7})\]', 1) END)::TEXT AS functional_code, /* 功能分类科目编码 */
  BOOL_OR(CASE field_code WHEN 'is_procurement' THEN printed = '是' END::BOOLEAN)::BOOLEAN AS is_procurement, /* 是否政府采购 */
  COALESCE(
    MAX(CASE summary_code WHEN 'budget' THEN value END),
    MAX(
      CASE
        WHEN block = 'funding' AND total_code = 'total' AND measure_code IN ('planned_current', 'adjusted_budget')
        THEN value
      END
    )
  )::DECIMAL(20, 2) AS budget_cny, /* 预算资金（元）；只有自评表时为全年预算数，部门预算里为年初预算数 */
  COALESCE(
    MAX(CASE summary_code WHEN 'executed' THEN value END),
    MAX(
      CASE
        WHEN block = 'funding' AND total_code = 'total' AND measure_code IN ('spent_current', 'executed')
        THEN value
      END
    )
  )::DECIMAL(20, 2) AS executed_cny, /* 执行金额（元）；只有自评表时为全年执行数 */
  COALESCE(
    MAX(CASE summary_code WHEN 'self_score' THEN value END),
    MAX(CASE WHEN block = 'scores' AND total_code = 'total_score' AND measure_code = 'score' THEN value END)
  )::DECIMAL(9, 4) AS self_score, /* 自评得分 */
  COALESCE(
    MIN(CASE summary_code WHEN 'grade' THEN printed END),
    MIN(CASE field_code WHEN 'grade' THEN printed END)
  )::TEXT AS grade, /* 自评等级 */
  MIN(CASE field_code WHEN 'planned_start' THEN TRY_CAST(printed AS DATE) END)::DATE AS planned_start_date, /* 计划实施日期 */
  MIN(CASE field_code WHEN 'planned_end' THEN TRY_CAST(printed AS DATE) END)::DATE AS planned_end_date, /* 计划完成日期 */
  MIN(CASE field_code WHEN 'actual_start' THEN TRY_CAST(printed AS DATE) END)::DATE AS actual_start_date, /* 实际实施日期 */
  MIN(CASE field_code WHEN 'actual_end' THEN TRY_CAST(printed AS DATE) END)::DATE AS actual_end_date /* 实际完成日期 */
FROM fields
GROUP BY
  disclosure_id,
  document_id,
  department_id,
  reporting_scope,
  fiscal_year,
  project_id
HAVING
  NOT project_name IS NULL