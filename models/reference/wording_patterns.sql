/* The patterns of the checks of wordings. target says what a pattern is searched in: sentence any
sentence, narrative a sentence of 情况说明, note a note under a form, unfilled what follows a phrase
such as 增加(减少), figure a figure without a unit in its sentence, between 【 and 】; list and
explanation capture the list of items and the explanation of an item. One row per check, target and
pattern. */
MODEL (
  name reference.wording_patterns,
  kind SEED (
    path '../../seeds/wording_patterns.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    check_id TEXT,
    target TEXT,
    pattern TEXT,
    expected_zh TEXT,
    basis TEXT
  ),
  grain (check_id, target, pattern),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (check_id, target, pattern)),
    NOT_NULL(columns := (check_id, target, pattern)),
    ACCEPTED_VALUES(
      "column" := target,
      is_in := ('sentence', 'narrative', 'note', 'unfilled', 'figure', 'list', 'explanation')
    )
  )
)