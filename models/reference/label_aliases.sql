/* What a printed row label means in its form, block and section. One row per form, block, section and label. */
MODEL (
  name reference.label_aliases,
  kind SEED (
    path '../../seeds/label_aliases.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    form_code TEXT,
    block TEXT,
    section TEXT,
    label_zh TEXT,
    line_code TEXT,
    line_role TEXT,
    parent_line_code TEXT,
    fund TEXT,
    income_source_code TEXT,
    item_code TEXT,
    opens_section TEXT
  ),
  grain (form_code, block, section, label_zh),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (form_code, block, section, label_zh)),
    NOT_NULL(columns := (form_code, block, section, label_zh))
  )
)