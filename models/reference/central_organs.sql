/* Names that belong to the centre although they name no place; a pattern matches the whole name.
One row per pattern. */
MODEL (
  name reference.central_organs,
  kind SEED (
    path '../../seeds/central_organs.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    name_pattern TEXT,
    basis TEXT
  ),
  grain (
    name_pattern
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      name_pattern
    )),
    NOT_NULL(columns := (name_pattern, basis))
  )
)