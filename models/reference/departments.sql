/* Departments known by name. One row per department. */
MODEL (
  name reference.departments,
  kind SEED (
    path '../../seeds/departments.csv',
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
    name_zh TEXT,
    budget_unit_code TEXT,
    division_code TEXT,
    division_level TEXT,
    organ_type TEXT,
    unit_nature TEXT,
    valid_from_year INT,
    valid_to_year INT
  ),
  grain (
    department_id
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      department_id
    )),
    NOT_NULL(columns := (
      department_id
    ))
  )
)