/* Side by side blocks of a form. One row per form and printed block label. */
MODEL (
  name reference.form_blocks,
  kind SEED (
    path '../../seeds/form_blocks.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    form_code TEXT,
    block_label TEXT,
    block TEXT,
    row_kind TEXT
  ),
  grain (form_code, block_label),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (form_code, block_label)),
    NOT_NULL(columns := (form_code, block_label))
  )
)