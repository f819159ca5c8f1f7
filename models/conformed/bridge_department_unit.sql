/* Units that a department consolidates in its accounts: those of the seeds, and those that its own
disclosures list, each of these for the year of the disclosure alone. A listed name that is nobody's
stays in conformed.listed_units. One row per department, unit and first year. */
MODEL (
  name conformed.bridge_department_unit,
  kind FULL,
  grain (department_id, unit_id, valid_from_year),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (department_id, unit_id, valid_from_year)),
    NOT_NULL(columns := (department_id, unit_id, stated_in))
  )
);

WITH listed AS (
  SELECT
    disclosures.department_id,
    CASE WHEN units.is_own THEN disclosures.department_id ELSE names.department_id END AS unit_id,
    units.unit_name_zh,
    disclosures.fiscal_year,
    units.listed_unit_id,
    units.document_id
  FROM conformed.listed_units AS units
  JOIN conformed.bridge_disclosure_document AS disclosures
    ON disclosures.document_id = units.document_id
    AND disclosures.is_current
    AND disclosures.reporting_scope = 'department_consolidated'
  LEFT JOIN conformed.department_names AS names
    ON names.name_zh = units.full_name_zh
  WHERE
    units.stated_as <> 'none'
)
SELECT
  department_id::TEXT AS department_id, /* 部门编号 */
  unit_id::TEXT AS unit_id, /* 单位编号；部门本级即部门自己的编号 */
  unit_name_zh::TEXT AS unit_name_zh, /* 单位名称，如所印 */
  valid_from_year::INT AS valid_from_year, /* 起始年度 */
  valid_to_year::INT AS valid_to_year, /* 终止年度；空为至今 */
  (
    unit_id = department_id
  )::BOOLEAN AS is_own, /* 是否部门本级 */
  'seed'::TEXT AS stated_in, /* seed 种子表、disclosure 公开文件 */
  NULL::TEXT AS listed_unit_id, /* 名单中一行的编号 */
  NULL::TEXT AS document_id /* 列出该单位的文件 */
FROM reference.department_units
UNION ALL
SELECT
  listed.department_id,
  listed.unit_id,
  listed.unit_name_zh,
  listed.fiscal_year AS valid_from_year,
  listed.fiscal_year AS valid_to_year,
  listed.unit_id = listed.department_id AS is_own,
  'disclosure' AS stated_in,
  listed.listed_unit_id,
  listed.document_id
FROM listed
LEFT JOIN reference.department_units AS seeds
  ON seeds.department_id = listed.department_id
  AND seeds.unit_id = listed.unit_id
  AND listed.fiscal_year BETWEEN seeds.valid_from_year AND COALESCE(seeds.valid_to_year, 9999)
WHERE
  NOT listed.unit_id IS NULL AND seeds.unit_id IS NULL
QUALIFY
  ROW_NUMBER() OVER (PARTITION BY listed.department_id, listed.unit_id, listed.fiscal_year ORDER BY listed.listed_unit_id) = 1