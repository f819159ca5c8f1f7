/* Names a department prints. One row per name. */
MODEL (
  name reference.department_aliases,
  kind SEED (
    path '../../seeds/department_aliases.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    name_zh TEXT,
    department_id TEXT
  ),
  grain (
    name_zh
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      name_zh
    )),
    NOT_NULL(columns := (
      name_zh
    ))
  )
)