/* The words that may stand between what is named in the prose and its figure without changing of what
the figure is said; every other word makes it another thing's. Patterns are regular expressions.
filler_kind: word stands anywhere, count_word and performance_word before counts and in the section of
performance alone, lead before what is named, opener begins an explanation up to the last comma before the figure.
One row per pattern. */
MODEL (
  name reference.narrative_fillers,
  kind SEED (
    path '../../seeds/narrative_fillers.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    pattern TEXT,
    filler_kind TEXT,
    note_zh TEXT
  ),
  grain (
    pattern
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      pattern
    )),
    NOT_NULL(columns := (pattern, filler_kind, note_zh)),
    ACCEPTED_VALUES(
      "column" := filler_kind,
      is_in := ('word', 'count_word', 'performance_word', 'lead', 'opener')
    )
  )
)