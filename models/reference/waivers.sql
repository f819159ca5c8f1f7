/* Results accepted with a reason. One row per waived identity result. */
MODEL (
  name reference.waivers,
  kind SEED (
    path '../../seeds/waivers.csv',
    csv_settings (keep_default_na = FALSE, na_values = (
        expected_gap = (
          ''
        )
    ))
  ),
  columns (
    identity_id TEXT,
    document_id TEXT,
    scope TEXT,
    expected_gap DECIMAL(24, 6),
    reason TEXT,
    author TEXT
  ),
  grain (identity_id, document_id, scope),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (identity_id, document_id, scope)),
    NOT_NULL(columns := (identity_id, document_id, scope))
  )
)