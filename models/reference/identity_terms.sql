/* The terms of the identities: regular expressions that select stated values, and the relation of the
disclosure that states them where it is another one. One row per term. */
MODEL (
  name reference.identity_terms,
  kind SEED (
    path '../../seeds/identity_terms.csv',
    csv_settings (
      keep_default_na = FALSE,
      na_values = (
        term_number = (
          ''
        ),
        year_offset = (
          ''
        ),
        weight = (
          ''
        ),
        is_required = (
          ''
        ),
        is_closed_list = (
          ''
        )
      )
    )
  ),
  columns (
    identity_id TEXT,
    term_number INT,
    side TEXT,
    form_code TEXT,
    block TEXT,
    line_pattern TEXT,
    line_role TEXT,
    label_pattern TEXT,
    printed_pattern TEXT,
    measure_code TEXT,
    phase TEXT,
    fund TEXT,
    base TEXT,
    source_kind TEXT,
    document_kind TEXT,
    reporting_scope TEXT,
    relation TEXT,
    year_offset INT,
    weight DECIMAL(9, 4),
    is_required BOOLEAN,
    is_closed_list BOOLEAN
  ),
  grain (identity_id, term_number),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (identity_id, term_number)),
    NOT_NULL(columns := (identity_id, term_number))
  )
)