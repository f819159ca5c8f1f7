/* Words by which a list of the units of a department is known: in a table, in numbered lines, in one
sentence. One row per pattern. */
MODEL (
  name reference.unit_list_phrases,
  kind SEED (
    path '../../seeds/unit_list_phrases.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    phrase_kind TEXT,
    pattern TEXT,
    basis TEXT
  ),
  grain (phrase_kind, pattern),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (phrase_kind, pattern)),
    NOT_NULL(columns := (phrase_kind, pattern, basis))
  )
)