/* The accounting identities; one with alternative_to is another way for that identity to hold.
One row per identity. */
MODEL (
  name reference.identities,
  kind SEED (
    path '../../seeds/identities.csv',
    csv_settings (
      keep_default_na = FALSE,
      na_values = (
        valid_from_year = (
          ''
        ),
        valid_to_year = (
          ''
        ),
        scale = (
          ''
        ),
        constant = (
          ''
        )
      )
    )
  ),
  columns (
    identity_id TEXT,
    name_zh TEXT,
    name_en TEXT,
    kind TEXT,
    comparator TEXT,
    match_on TEXT,
    severity TEXT,
    valid_from_year INT,
    valid_to_year INT,
    basis TEXT,
    scale DECIMAL(9, 2),
    constant DECIMAL(24, 6),
    finding_per TEXT,
    finding_group TEXT,
    alternative_to TEXT
  ),
  grain (
    identity_id
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      identity_id
    )),
    NOT_NULL(columns := (
      identity_id
    ))
  )
)