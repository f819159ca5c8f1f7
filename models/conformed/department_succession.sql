/* Renamings, mergers and splits of departments. One row per predecessor and successor. */
MODEL (
  name conformed.department_succession,
  kind FULL,
  grain (predecessor_department_id, successor_department_id),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (predecessor_department_id, successor_department_id)),
    NOT_NULL(columns := (predecessor_department_id, successor_department_id))
  )
);

SELECT
  predecessor_department_id::TEXT AS predecessor_department_id, /* 原部门编号 */
  successor_department_id::TEXT AS successor_department_id, /* 后继部门编号 */
  effective_year::INT AS effective_year, /* 生效年度 */
  kind::TEXT AS kind, /* 更名、合并或分立 */
  basis::TEXT AS basis /* 依据 */
FROM reference.department_succession