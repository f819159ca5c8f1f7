/* Units that a department consolidates in its accounts. One row per department, unit and first
year. */
MODEL (
  name conformed.bridge_department_unit,
  kind FULL,
  grain (department_id, unit_id, valid_from_year),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (department_id, unit_id, valid_from_year)),
    NOT_NULL(columns := (department_id, unit_id))
  )
);

SELECT
  department_id::TEXT AS department_id, /* 部门编号 */
  unit_id::TEXT AS unit_id, /* 单位编号 */
  unit_name_zh::TEXT AS unit_name_zh, /* 单位名称 */
  valid_from_year::INT AS valid_from_year, /* 起始年度 */
  valid_to_year::INT AS valid_to_year /* 终止年度；空为至今 */
FROM reference.department_units