/* Printed units of money. One row per unit text. */
MODEL (
  name reference.units,
  kind SEED (
    path '../../seeds/units.csv',
    csv_settings (keep_default_na = FALSE, na_values = (
        factor_cny = (
          ''
        )
    ))
  ),
  columns (
    unit_text TEXT,
    unit_zh TEXT,
    factor_cny BIGINT
  ),
  grain (
    unit_text
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      unit_text
    )),
    NOT_NULL(columns := (
      unit_text
    ))
  )
)