/* The sections of 情况说明, by a pattern found in the headings above a paragraph; the first in order
wins, and what matches none is no part of 情况说明. One row per place in the order. */
MODEL (
  name reference.narrative_sections,
  kind SEED (
    path '../../seeds/narrative_sections.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    section_order INT,
    section_code TEXT,
    section_pattern TEXT,
    fund TEXT
  ),
  grain (
    section_order
  ),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (
      section_order
    )),
    NOT_NULL(columns := (section_order, section_code, section_pattern))
  )
)