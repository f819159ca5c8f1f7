/* What is said of a figure of a budget right behind it: 比上年预算增加 27 万元, 增长 5%, 占 40%, 与上年预算
持平. words_pattern matches all words between the two in full. follows: amount for the figure itself,
change or share for one that says so of it already; a row without a unit is a zero stated in words.
line_pattern and section_pattern say of what and where. One row per wording. */
MODEL (
  name reference.prose_followers,
  kind SEED (
    path '../../seeds/prose_followers.csv',
    csv_settings (keep_default_na = FALSE)
  ),
  columns (
    follower_order INT,
    section_pattern TEXT,
    line_pattern TEXT,
    follows TEXT,
    words_pattern TEXT,
    unit_pattern TEXT,
    measure_code TEXT,
    phase TEXT,
    base TEXT,
    sign INT
  ),
  grain follower_order,
  audits (
    UNIQUE_VALUES(columns := (
      follower_order
    )),
    NOT_NULL(columns := (follower_order, words_pattern, measure_code, sign)),
    NOT_NULL(columns := (
      follows
    ))
  )
)