/* What a guest, a vehicle, a trip cost, beside the median of all departments of the year that state
both the amount and the count. One row per disclosure and unit cost. */
MODEL (
  name conformed.fct_unit_cost,
  kind FULL,
  grain (disclosure_id, unit_cost_code),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, unit_cost_code)),
    NOT_NULL(columns := (disclosure_id, document_id, unit_cost_code, unit_cost_cny))
  )
);

WITH stated AS (
  SELECT
    amounts.disclosure_id,
    amounts.document_id,
    amounts.department_id,
    amounts.fiscal_year,
    costs.unit_cost_code,
    costs.name_zh,
    costs.far_ratio,
    costs.min_peers,
    amounts.amount_cny,
    counts.stated_count,
    amounts.stated_value_id AS amount_value_id,
    counts.stated_value_id AS count_value_id
  FROM reference.unit_costs AS costs
  JOIN conformed.fct_three_public AS amounts
    ON amounts.item_code = costs.item_code AND amounts.phase = 'final' AND amounts.fund = 'general'
  JOIN conformed.fct_three_public_count AS counts
    ON counts.disclosure_id = amounts.disclosure_id
    AND counts.item_code = costs.count_item_code
    AND counts.count_code = costs.count_code
  JOIN conformed.dim_disclosure AS disclosures
    ON disclosures.disclosure_id = amounts.disclosure_id AND disclosures.is_current
  WHERE
    amounts.amount_cny > 0 AND counts.stated_count > 0
), compared AS (
  SELECT
    stated.*,
    amount_cny / stated_count AS unit_cost,
    COUNT(*) OVER peers AS peer_count,
    MEDIAN(amount_cny / stated_count) OVER peers AS peer_median
  FROM stated
  WINDOW peers AS (PARTITION BY unit_cost_code, fiscal_year)
)
SELECT
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  unit_cost_code::TEXT AS unit_cost_code, /* 单位费用代码 */
  name_zh::TEXT AS name_zh, /* 单位费用名称 */
  amount_cny::DECIMAL(20, 2) AS amount_cny, /* 金额（元） */
  stated_count::BIGINT AS stated_count, /* 数量 */
  unit_cost::DECIMAL(20, 2) AS unit_cost_cny, /* 单位费用（元） */
  peer_count::INT AS peer_count, /* 同年陈述了该费用的公开个数 */
  peer_median::DECIMAL(20, 2) AS peer_median_cny, /* 其中位数（元） */
  (
    peer_count >= min_peers AND unit_cost > far_ratio * peer_median
  )::BOOLEAN AS is_far, /* 是否远高于同年中位数 */
  amount_value_id::TEXT AS amount_value_id, /* 金额的陈述 */
  count_value_id::TEXT AS count_value_id /* 数量的陈述 */
FROM compared