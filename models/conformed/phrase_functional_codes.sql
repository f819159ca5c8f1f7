/* The functional classes that the prose of a budget names right before a figure, as
“一般公共服务支出(类)统计信息事务(款)专项普查活动(项)”. Known are the names valid in the year and those
the forms of the same document print; a 项 counts only with the 款 or, where one 项 alone of the 类 bears
the name, the 类 that it belongs to. Who names it otherwise is left unread.
One row per figure with a functional class known for sure before it. */
MODEL (
  name conformed.phrase_functional_codes,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain figure_id,
  audits (
    UNIQUE_VALUES(columns := (
      figure_id
    )),
    NOT_NULL(columns := (figure_id, document_id, functional_code))
  )
);

WITH leads AS (
  /* Names hold brackets of their own: the three marks of level get a character each. */
  SELECT
    figures.figure_id,
    figures.document_id,
    REPLACE(
      REPLACE(
        REPLACE(
          REGEXP_REPLACE(SUBSTRING(figures.sentence, 1, figures.start_offset), '^\s*[0-9]+[.、．]?\s*', ''),
          '(类)',
          '㊀'
        ),
        '(款)',
        '㊁'
      ),
      '(项)',
      '㊂'
    ) AS lead_zh
  FROM raw.narrative_figures AS figures
  JOIN raw.documents AS documents
    ON documents.document_id = figures.document_id
    AND documents.document_kind = 'budget'
    AND documents.status IN ('loaded', 'superseded', 'quarantined')
  WHERE
    REGEXP_MATCHES(figures.sentence, '\((类|项)\)')
), paths AS (
  SELECT
    figure_id,
    document_id,
    REGEXP_EXTRACT(lead_zh, '([^㊀㊁㊂“”"＂。；，：:]+)㊀[-—]?[^㊀。；，]*$', 1) AS class_zh,
    REGEXP_EXTRACT(lead_zh, '([^-—㊀㊁㊂“”"＂。；，：:]+)㊁[-—]?[^㊀㊁。；，]*$', 1) AS group_zh,
    REGEXP_EXTRACT(lead_zh, '([^-—㊀㊁㊂“”"＂。；，：:]+)㊂[^㊀㊁㊂。；，]*$', 1) AS item_zh
  FROM leads
), official_names AS (
  SELECT
    documents.document_id,
    codes.functional_code,
    TRANSLATE(codes.name_zh, '（）', '()') AS name_zh
  FROM raw.documents AS documents
  JOIN reference.functional_classifications AS codes
    ON codes.valid_from_year <= documents.fiscal_year
    AND COALESCE(codes.valid_to_year, 9999) >= documents.fiscal_year
  WHERE
    documents.document_kind = 'budget'
), names AS (
  /* Prose drops 支出 at the end of a name, or adds it. */
  SELECT DISTINCT
    known.document_id,
    known.functional_code,
    UNNEST([known.name_zh, known.name_zh || '支出', REGEXP_REPLACE(known.name_zh, '支出$', '')]) AS name_zh
  FROM (
    SELECT
      *
    FROM official_names
    UNION
    SELECT
      document_id,
      classification_code AS functional_code,
      label_zh AS name_zh
    FROM staging.form_cells
    WHERE
      row_kind = 'functional' AND NOT classification_code IS NULL AND label_zh <> ''
  ) AS known
), candidates AS (
  SELECT
    paths.figure_id,
    paths.document_id,
    items.functional_code,
    CASE
      WHEN NOT groups.functional_code IS NULL
      THEN 2
      WHEN NOT classes.functional_code IS NULL
      THEN 1
      ELSE 0
    END AS certainty
  FROM paths
  JOIN names AS items
    ON items.document_id = paths.document_id
    AND items.name_zh = paths.item_zh
    AND LENGTH(items.functional_code) = 7
  LEFT JOIN names AS groups
    ON groups.document_id = paths.document_id
    AND groups.name_zh = paths.group_zh
    AND groups.functional_code = SUBSTRING(items.functional_code, 1, 5)
  LEFT JOIN names AS classes
    ON classes.document_id = paths.document_id
    AND classes.name_zh = paths.class_zh
    AND classes.functional_code = SUBSTRING(items.functional_code, 1, 3)
  UNION ALL
  SELECT
    paths.figure_id,
    paths.document_id,
    classes.functional_code,
    2 AS certainty
  FROM paths
  JOIN names AS classes
    ON classes.document_id = paths.document_id
    AND classes.name_zh = paths.class_zh
    AND LENGTH(classes.functional_code) = 3
  WHERE
    COALESCE(paths.item_zh, '') = '' AND COALESCE(paths.group_zh, '') = ''
), ranked AS (
  SELECT
    candidates.*,
    MAX(candidates.certainty) OVER (PARTITION BY candidates.figure_id) AS best_certainty
  FROM candidates
  WHERE
    candidates.certainty > 0
)
SELECT
  ranked.figure_id::TEXT AS figure_id, /* 文字数字编号 */
  ranked.document_id::TEXT AS document_id, /* 文件编号 */
  MIN(ranked.functional_code)::TEXT AS functional_code /* 功能分类科目编码 */
FROM ranked
WHERE
  ranked.certainty = ranked.best_certainty
GROUP BY
  ranked.figure_id,
  ranked.document_id
HAVING
  COUNT(DISTINCT ranked.functional_code) = 1