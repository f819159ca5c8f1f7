/* Phrases that state that a form has no data. One row per phrase pattern. */
MODEL (
  name reference.empty_form_phrases,
  kind SEED (
    path '../../seeds/empty_form_phrases.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    phrase_pattern TEXT,
    basis TEXT
  ),
  grain (
    phrase_pattern
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      phrase_pattern
    )),
    NOT_NULL(columns := (
      phrase_pattern
    ))
  )
)