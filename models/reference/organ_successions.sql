/* What became of organs in the reforms of institutions, by the name without its place; patterns match
it whole. Rows of one succession_id go together: a merger has one for each organ that it took in, and
what is newly set up has no predecessor. One row per succession and predecessor. */
MODEL (
  name reference.organ_successions,
  kind SEED (
    path '../../seeds/organ_successions.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    succession_id TEXT,
    predecessor_pattern TEXT,
    successor_pattern TEXT,
    kind TEXT,
    effective_year INT,
    basis TEXT
  ),
  grain (succession_id, predecessor_pattern),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (succession_id, predecessor_pattern)),
    NOT_NULL(columns := (succession_id, successor_pattern, kind, effective_year, basis)),
    ACCEPTED_VALUES("column" := kind, is_in := ('rename', 'merge', 'split', 'new'))
  )
)