/* What a phrase of the prose means. phrase_kind: concept says what is stated, cue in which respect,
base what it is compared with, following is a concept that stands right behind its figure, threshold
marks the figure before it as a limit, pairing gives the figures after it to the concepts before it in
order, aside opens an explanation to the end of the sentence (主要用于), reason likewise, whose amounts
and ratios state nothing (主要原因), statement says a zero in words, fund names the money that what follows was paid from.
A row of a section wins over
the same phrase for any section (''), one whose unit_pattern the whole unit matches over one for any
unit; the unit pattern 无 fits none, so that the phrase states nothing in that section. One row per
phrase, kind, section and unit pattern. */
MODEL (
  name reference.narrative_phrases,
  kind SEED (
    path '../../seeds/narrative_phrases.csv',
    csv_settings (keep_default_na = FALSE, na_values = (
        sign = (
          ''
        )
    ))
  ),
  columns (
    phrase_zh TEXT,
    phrase_kind TEXT,
    section_code TEXT,
    unit_pattern TEXT,
    line_code TEXT,
    measure_code TEXT,
    phase TEXT,
    base TEXT,
    sign INT,
    fund TEXT,
    printed_zh TEXT
  ),
  grain (phrase_zh, phrase_kind, section_code, unit_pattern),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (phrase_zh, phrase_kind, section_code, unit_pattern)),
    NOT_NULL(columns := (phrase_zh, phrase_kind, section_code, unit_pattern)),
    ACCEPTED_VALUES(
      "column" := phrase_kind,
      is_in := (
        'concept',
        'cue',
        'base',
        'following',
        'threshold',
        'pairing',
        'aside',
        'reason',
        'statement',
        'fund'
      )
    )
  )
)