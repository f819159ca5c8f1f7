/* 行政区划 (GB/T 2260): the divisions of 2023, and the names since 2010 that are no longer in force.
One row per code and name. */
MODEL (
  name reference.divisions,
  kind SEED (
    path '../../seeds/divisions.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    division_code TEXT,
    name_zh TEXT,
    division_level TEXT,
    parent_code TEXT,
    is_current BOOLEAN
  ),
  grain (division_code, name_zh),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (division_code, name_zh)),
    NOT_NULL(columns := (division_code, name_zh, division_level, parent_code))
  )
)