/* 政府收支分类科目 支出经济分类 by year. One row per scheme, code and first year of validity. */
MODEL (
  name reference.economic_classifications,
  kind SEED (
    path '../../seeds/economic_classifications.csv',
    csv_settings (
      keep_default_na = FALSE,
      na_values = (
        valid_from_year = (
          ''
        ),
        valid_to_year = (
          ''
        ),
        is_list_complete = (
          ''
        )
      )
    )
  ),
  columns (
    scheme TEXT,
    economic_code TEXT,
    level TEXT,
    parent_code TEXT,
    name_zh TEXT,
    valid_from_year INT,
    valid_to_year INT,
    is_list_complete BOOLEAN
  ),
  grain (scheme, economic_code, valid_from_year),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (scheme, economic_code, valid_from_year)),
    NOT_NULL(columns := (scheme, economic_code, valid_from_year))
  )
)