/* Renamings, mergers and splits. One row per predecessor and successor. */
MODEL (
  name reference.department_succession,
  kind SEED (
    path '../../seeds/department_succession.csv',
    csv_settings (keep_default_na = FALSE, na_values = (
        effective_year = (
          ''
        )
    ))
  ),
  columns (
    predecessor_department_id TEXT,
    successor_department_id TEXT,
    effective_year INT,
    kind TEXT,
    basis TEXT
  ),
  grain (predecessor_department_id, successor_department_id),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (predecessor_department_id, successor_department_id)),
    NOT_NULL(columns := (predecessor_department_id, successor_department_id))
  )
)