/* 支出经济分类科目, the departmental and the government scheme apart, with the years each code and
name holds for. One row per scheme, code and first year. */
MODEL (
  name conformed.dim_economic_classification,
  kind FULL,
  grain (scheme, code, valid_from_year),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (scheme, code, valid_from_year)),
    NOT_NULL(columns := (scheme, code, level, name_zh, valid_from_year))
  )
);

SELECT
  scheme::TEXT AS scheme, /* departmental 部门预算、government 政府预算 */
  economic_code::TEXT AS code, /* 科目编码 */
  level::TEXT AS level, /* class 类、group 款 */
  NULLIF(parent_code, '')::TEXT AS parent_code, /* 上级科目 */
  name_zh::TEXT AS name_zh, /* 科目名称 */
  valid_from_year::INT AS valid_from_year, /* 起始年度 */
  valid_to_year::INT AS valid_to_year, /* 终止年度；空为至今 */
  is_list_complete::BOOLEAN AS is_list_complete /* 同一上级下的科目是否已列全 */
FROM reference.economic_classifications