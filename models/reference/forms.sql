/* The statutory forms and their tables. One row per form. */
MODEL (
  name reference.forms,
  kind SEED (
    path '../../seeds/forms.csv',
    csv_settings (
      keep_default_na = FALSE,
      na_values = (form_number = (
          ''
        ), is_statutory = (
          ''
        ), valid_from_year = (
          ''
      ))
    )
  ),
  columns (
    form_code TEXT,
    name_zh TEXT,
    name_en TEXT,
    form_number INT,
    row_kind TEXT,
    default_fund TEXT,
    is_statutory BOOLEAN,
    valid_from_year INT
  ),
  grain (
    form_code
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      form_code
    )),
    NOT_NULL(columns := (
      form_code
    ))
  )
)