/* The amount columns that a form has by its pattern. A place may print fewer; a table that reads
fewer is either such a place or has lost one. One row per form, block, measure and fund. */
MODEL (
  name reference.form_needed_columns,
  kind SEED (
    path '../../seeds/form_needed_columns.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    form_code TEXT,
    block TEXT,
    measure_code TEXT,
    fund TEXT,
    measure_label_zh TEXT,
    is_per_block BOOLEAN,
    valid_from_year INT,
    basis TEXT
  ),
  grain (form_code, block, measure_code, fund),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (form_code, block, measure_code, fund)),
    NOT_NULL(columns := (form_code, measure_code, measure_label_zh, is_per_block, basis))
  )
)