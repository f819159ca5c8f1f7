/* In which respects the prose states a figure. One row per measure. */
MODEL (
  name reference.narrative_measures,
  kind SEED (
    path '../../seeds/narrative_measures.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    measure_code TEXT,
    measure_label_zh TEXT
  ),
  grain (
    measure_code
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      measure_code
    )),
    NOT_NULL(columns := (measure_code, measure_label_zh))
  )
)