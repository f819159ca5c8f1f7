/* Printed titles of a form. One row per form and title pattern (a regular expression, matched in full). */
MODEL (
  name reference.form_titles,
  kind SEED (
    path '../../seeds/form_titles.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    form_code TEXT,
    title_pattern TEXT,
    fund TEXT
  ),
  grain (form_code, title_pattern),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (form_code, title_pattern)),
    NOT_NULL(columns := (form_code, title_pattern))
  )
)