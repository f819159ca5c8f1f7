/* Unit costs that departments are compared on: an amount of “三公” over a count, how many times the
median of the peers is far, and how many peers it takes. One row per unit cost. */
MODEL (
  name reference.unit_costs,
  kind SEED (
    path '../../seeds/unit_costs.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    unit_cost_code TEXT,
    name_zh TEXT,
    item_code TEXT,
    count_item_code TEXT,
    count_code TEXT,
    far_ratio DECIMAL(9, 2),
    min_peers INT
  ),
  grain (
    unit_cost_code
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      unit_cost_code
    )),
    NOT_NULL(columns := (unit_cost_code, item_code, count_code, far_ratio, min_peers))
  )
)