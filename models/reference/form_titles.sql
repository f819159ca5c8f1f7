/* Printed titles of a form; with a document kind, its title in such documents only. The phase is that
of its columns that name none. One row per form and title pattern (a regular expression, matched in
full). */
MODEL (
  name reference.form_titles,
  kind SEED (
    path '../../seeds/form_titles.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    form_code TEXT,
    title_pattern TEXT,
    fund TEXT,
    document_kind TEXT,
    phase TEXT
  ),
  grain (form_code, title_pattern),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (form_code, title_pattern)),
    NOT_NULL(columns := (form_code, title_pattern))
  )
)