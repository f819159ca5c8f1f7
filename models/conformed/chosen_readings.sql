/* Which reading of a table is kept. The first one, where it adds up and no other lets more be checked,
or where none adds up; else the one that adds up, with the most sums checked and no needless change.
Where several do so with different changes, nothing tells them apart: they are tied, and where they
differ stays unplaced. So are the readings of short rows of which none adds up, but some break less
than the first: where its figures belong, nobody can tell. One row per reading of a table that can be
read in several ways. */
MODEL (
  name conformed.chosen_readings,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (table_id, reading_number),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (table_id, reading_number)),
    NOT_NULL(columns := (table_id, document_id, reading_number, decision)),
    ACCEPTED_VALUES("column" := decision, is_in := ('kept_as_read', 'kept_by_identities', 'tied', 'not_kept'))
  )
);

WITH firsts AS (
  SELECT
    *
  FROM conformed.reading_scores
  WHERE
    reading_number = 1
), better AS (
  /* A first reading that breaks a sum, or one with a total that is no number as read. */
  SELECT
    scores.*,
    MAX(scores.evaluated_identity_count) OVER (PARTITION BY scores.table_id) AS most_evaluated
  FROM conformed.reading_scores AS scores
  JOIN firsts
    ON firsts.table_id = scores.table_id
  WHERE
    scores.broken_identity_count = 0
    AND scores.evaluated_identity_count >= firsts.evaluated_identity_count
    AND (
      firsts.broken_identity_count > 0 OR scores.evaluated_identity_count > firsts.evaluated_identity_count
    )
), holding AS (
  SELECT
    *
  FROM better
  WHERE
    evaluated_identity_count = most_evaluated
), changes AS (
  SELECT
    placements.table_id,
    placements.reading_number,
    placements.row_number,
    placements.column_number,
    placements.printed
  FROM conformed.reading_placements AS placements
  JOIN holding
    ON holding.table_id = placements.table_id AND holding.reading_number = placements.reading_number
), shared AS (
  SELECT
    fewer.table_id,
    fewer.reading_number AS fewer_number,
    other.reading_number,
    COUNT(*) AS shared_count
  FROM changes AS fewer
  JOIN changes AS other
    ON other.table_id = fewer.table_id
    AND other.reading_number <> fewer.reading_number
    AND other.row_number = fewer.row_number
    AND other.column_number = fewer.column_number
    AND other.printed = fewer.printed
  GROUP BY
    fewer.table_id,
    fewer.reading_number,
    other.reading_number
), needless AS (
  /* It makes all the changes of another one that holds, and more. */
  SELECT DISTINCT
    shared.table_id,
    shared.reading_number
  FROM shared
  JOIN holding AS fewer
    ON fewer.table_id = shared.table_id AND fewer.reading_number = shared.fewer_number
  JOIN holding AS other
    ON other.table_id = shared.table_id AND other.reading_number = shared.reading_number
  WHERE
    shared.shared_count = fewer.changed_cell_count
    AND other.changed_cell_count > fewer.changed_cell_count
), finalists AS (
  SELECT
    holding.table_id,
    holding.reading_number,
    COUNT(*) OVER (PARTITION BY holding.table_id) AS finalist_count
  FROM holding
  LEFT JOIN needless
    ON needless.table_id = holding.table_id AND needless.reading_number = holding.reading_number
  WHERE
    needless.table_id IS NULL
), decided AS (
  SELECT DISTINCT
    table_id,
    finalist_count
  FROM finalists
), short_rows AS (
  /* Nothing of a short row was recognised with doubt: only where its cells belong is in question. */
  SELECT DISTINCT
    placements.table_id
  FROM conformed.reading_placements AS placements
  JOIN raw.cells AS cells
    ON cells.cell_id = placements.cell_id
  WHERE
    placements.reading_number > 1 AND cells.confidence IS NULL
), undecided AS (
  SELECT
    scores.table_id,
    scores.reading_number
  FROM conformed.reading_scores AS scores
  JOIN firsts
    ON firsts.table_id = scores.table_id
  JOIN short_rows
    ON short_rows.table_id = scores.table_id
  LEFT JOIN decided
    ON decided.table_id = scores.table_id
  WHERE
    decided.table_id IS NULL AND scores.broken_identity_count < firsts.broken_identity_count
)
SELECT
  scores.document_id::TEXT AS document_id, /* 文件编号 */
  scores.table_id::TEXT AS table_id, /* 表的编号 */
  scores.reading_number::INT AS reading_number, /* 第几种读法；1 为最先的读法 */
  CASE
    WHEN scores.reading_number = 1 AND COALESCE(decided.finalist_count, 0) <> 1
    THEN 'kept_as_read'
    WHEN finalists.finalist_count = 1
    THEN 'kept_by_identities'
    WHEN finalists.finalist_count > 1 OR NOT undecided.table_id IS NULL
    THEN 'tied'
    ELSE 'not_kept'
  END::TEXT AS decision, /* kept_as_read 仍取最先的读法、kept_by_identities 因表内勾稽而取、tied 与另一种读法不分高下、not_kept 不取 */
  scores.changed_cell_count::INT AS changed_cell_count, /* 与最先的读法不同的单元格个数 */
  scores.evaluated_identity_count::INT AS evaluated_identity_count, /* 可以核对的表内勾稽关系个数 */
  scores.broken_identity_count::INT AS broken_identity_count /* 其中不符的个数 */
FROM conformed.reading_scores AS scores
LEFT JOIN finalists
  ON finalists.table_id = scores.table_id AND finalists.reading_number = scores.reading_number
LEFT JOIN decided
  ON decided.table_id = scores.table_id
LEFT JOIN undecided
  ON undecided.table_id = scores.table_id AND undecided.reading_number = scores.reading_number