/* Departments and units: those in the seeds, and every other one under an id made from its printed
name. What is not stated stays empty. One row per department or unit. */
MODEL (
  name conformed.dim_department,
  kind FULL,
  grain department_id,
  audits (UNIQUE_VALUES(columns := (
      department_id
  )), NOT_NULL(columns := (department_id, name_zh)))
);

WITH printed_names AS (
  SELECT DISTINCT
    documents.department_name_zh AS name_zh
  FROM raw.documents AS documents
  LEFT JOIN reference.department_aliases AS aliases
    ON aliases.name_zh = documents.department_name_zh
  WHERE
    NOT documents.department_name_zh IS NULL AND aliases.department_id IS NULL
)
SELECT
  department_id::TEXT AS department_id, /* 部门编号 */
  name_zh::TEXT AS name_zh, /* 部门名称 */
  NULLIF(budget_unit_code, '')::TEXT AS budget_unit_code, /* 预算单位编码 */
  NULLIF(division_code, '')::TEXT AS division_code, /* 行政区划代码 GB/T 2260 */
  NULLIF(division_level, '')::TEXT AS division_level, /* 行政级别 */
  NULLIF(organ_type, '')::TEXT AS organ_type, /* 机关类型 */
  NULLIF(unit_nature, '')::TEXT AS unit_nature, /* 单位性质：行政、参公、事业 */
  valid_from_year::INT AS valid_from_year, /* 起始年度 */
  valid_to_year::INT AS valid_to_year /* 终止年度；空为至今 */
FROM reference.departments
UNION ALL
SELECT
  'department-' || SUBSTRING(MD5(name_zh), 1, 12) AS department_id,
  name_zh,
  NULL AS budget_unit_code,
  NULL AS division_code,
  NULL AS division_level,
  NULL AS organ_type,
  NULL AS unit_nature,
  NULL AS valid_from_year,
  NULL AS valid_to_year
FROM printed_names