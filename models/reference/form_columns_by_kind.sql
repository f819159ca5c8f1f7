/* What a printed column header means in one kind of documents only, before what it means in all.
One row per document kind, form, block and header suffix. */
MODEL (
  name reference.form_columns_by_kind,
  kind SEED (
    path '../../seeds/form_columns_by_kind.csv',
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
    document_kind TEXT,
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
  grain (document_kind, form_code, block, header_suffix),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_kind, form_code, block, header_suffix)),
    NOT_NULL(columns := (document_kind, form_code, block, header_suffix))
  )
)