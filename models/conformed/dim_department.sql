/* Departments and units: those in the seeds, and every other one under an id made from its printed
name, with the place that the name begins with. What is not stated stays empty. One row per department or unit. */
MODEL (
  name conformed.dim_department,
  kind FULL,
  grain department_id,
  audits (UNIQUE_VALUES(columns := (
      department_id
  )), NOT_NULL(columns := (department_id, name_zh)))
);

WITH printed AS (
  /* Of the ways to write one name, the longest names most of the place. */
  SELECT
    names.department_id,
    ARG_MAX(names.name_zh, LENGTH(names.name_zh)) AS name_zh,
    MIN(names.division_code) AS division_code,
    MIN(names.division_level) AS division_level
  FROM conformed.department_names AS names
  LEFT JOIN reference.departments AS departments
    ON departments.department_id = names.department_id
  WHERE
    NOT names.department_id IS NULL AND departments.department_id IS NULL
  GROUP BY
    names.department_id
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
  department_id,
  name_zh,
  NULL AS budget_unit_code,
  division_code,
  division_level,
  NULL AS organ_type,
  NULL AS unit_nature,
  NULL AS valid_from_year,
  NULL AS valid_to_year
FROM printed