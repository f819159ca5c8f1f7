/* Units a department consolidates. One row per department, unit and first year. */
MODEL (
  name reference.department_units,
  kind SEED (
    path '../../seeds/department_units.csv',
    csv_settings (
      keep_default_na = FALSE,
      na_values = (valid_from_year = (
          ''
        ), valid_to_year = (
          ''
      ))
    )
  ),
  columns (
    department_id TEXT,
    unit_id TEXT,
    unit_name_zh TEXT,
    valid_from_year INT,
    valid_to_year INT
  ),
  grain (department_id, unit_id, valid_from_year),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (department_id, unit_id, valid_from_year)),
    NOT_NULL(columns := (department_id, unit_id, valid_from_year))
  )
)