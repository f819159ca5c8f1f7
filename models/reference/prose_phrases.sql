/* Words that stand right before a figure and say what it is, for prose that the grammar of 情况说明 is
not made for: regular expressions, the lead matched up to the figure. A phrase without a line code is
that of a functional code printed before it. One row per phrase. */
MODEL (
  name reference.prose_phrases,
  kind SEED (
    path '../../seeds/prose_phrases.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    phrase_order INT,
    document_kind TEXT,
    section_pattern TEXT,
    lead_pattern TEXT,
    unit_pattern TEXT,
    line_code TEXT,
    line_label_zh TEXT,
    fund TEXT
  ),
  grain phrase_order,
  audits (
    UNIQUE_VALUES(columns := (
      phrase_order
    )),
    NOT_NULL(columns := (phrase_order, lead_pattern))
  )
)