/* The checks of words against tables and neighbours: what is no sum. finding_per says whether one
finding tells of all places of a document or of one item. One row per check. */
MODEL (
  name reference.wording_checks,
  kind SEED (
    path '../../seeds/wording_checks.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    check_id TEXT,
    name_zh TEXT,
    name_en TEXT,
    severity TEXT,
    finding_per TEXT,
    basis TEXT
  ),
  grain (
    check_id
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      check_id
    )),
    NOT_NULL(columns := (check_id, name_zh, severity, finding_per)),
    ACCEPTED_VALUES("column" := severity, is_in := ('error', 'warning', 'info')),
    ACCEPTED_VALUES("column" := finding_per, is_in := ('document', 'item'))
  )
)