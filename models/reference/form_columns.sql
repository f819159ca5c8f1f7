/* What a printed column header means. One row per form, block and header suffix. */
MODEL (
  name reference.form_columns,
  kind SEED (
    path '../../seeds/form_columns.csv',
    csv_settings (
      keep_default_na = FALSE,
      na_values = (
        is_stated_by_empty_form = (
          ''
        )
      )
    )
  ),
  columns (
    form_code TEXT,
    block TEXT,
    header_suffix TEXT,
    measure_code TEXT,
    measure_label_zh TEXT,
    value_kind TEXT,
    phase TEXT,
    fund TEXT,
    expenditure_nature TEXT,
    item_code TEXT,
    income_source_code TEXT,
    unit_text TEXT,
    is_stated_by_empty_form BOOLEAN
  ),
  grain (form_code, block, header_suffix),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (form_code, block, header_suffix)),
    NOT_NULL(columns := (form_code, block, header_suffix))
  )
)