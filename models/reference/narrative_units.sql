/* What the unit behind a figure of the prose says of it: its kind and, where no phrase says more, its
measure, or why it is no statement. One row per unit text. */
MODEL (
  name reference.narrative_units,
  kind SEED (
    path '../../seeds/narrative_units.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    unit_text TEXT,
    value_kind TEXT,
    measure_code TEXT,
    unplaced_reason TEXT
  ),
  grain (
    unit_text
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      unit_text
    )),
    NOT_NULL(columns := (
      unit_text
    ))
  )
)