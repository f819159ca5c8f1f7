/* The functional classes named in the prose, as 一般公共服务(类)政府办公厅(室)及相关机构事务(款)行政运行(项):
each (类), (款) or (项) with the longest known name that ends before it and, where it continues a 类 or
款, belongs to it; behind a (类) or (款) it is the whole name up to there, for 统计信息事务(项) is no
信息事务(项). Known are the names valid in the year and those the forms of the same document print. A name
that is not known, or that several codes bear, keeps an empty code: what follows it must not be taken
for anything else. One row per class, group or item named. */
MODEL (
  name conformed.narrative_functional_paths,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, paragraph_number, end_offset),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, paragraph_number, end_offset)),
    NOT_NULL(columns := (document_id, paragraph_number, start_offset, end_offset))
  )
);

WITH levels AS (
  SELECT
    level,
    marker_zh,
    code_length
  FROM (VALUES
    ('class', '(类)', 3),
    ('group', '(款)', 5),
    ('item', '(项)', 7)) AS known_levels(level, marker_zh, code_length)
), official_names AS (
  SELECT
    documents.document_id,
    codes.functional_code,
    codes.name_zh
  FROM raw.documents AS documents
  JOIN reference.functional_classifications AS codes
    ON codes.valid_from_year <= documents.fiscal_year
    AND COALESCE(codes.valid_to_year, 9999) >= documents.fiscal_year
), names AS (
  /* Prose drops 支出 at the end of a name, or adds it. */
  SELECT DISTINCT
    known.document_id,
    LENGTH(known.functional_code) AS code_length,
    known.functional_code,
    UNNEST([known.name_zh, known.name_zh || '支出', REGEXP_REPLACE(known.name_zh, '支出$', '')]) AS name_zh
  FROM (
    SELECT
      document_id,
      functional_code,
      TRANSLATE(name_zh, '（）', '()') AS name_zh
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
), markers AS (
  SELECT
    paragraphs.document_id,
    paragraphs.paragraph_number,
    paragraphs.paragraph_zh,
    levels.code_length,
    offsets.marker_offset
  FROM staging.narrative_paragraphs AS paragraphs
  JOIN levels
    ON CONTAINS(paragraphs.paragraph_zh, levels.marker_zh)
  CROSS JOIN UNNEST(RANGE(0, LENGTH(paragraphs.paragraph_zh))) AS offsets(marker_offset)
  WHERE
    SUBSTRING(paragraphs.paragraph_zh, offsets.marker_offset + 1, 3) = levels.marker_zh
), names_before AS (
  SELECT
    markers.document_id,
    markers.paragraph_number,
    markers.marker_offset,
    names.functional_code,
    LENGTH(names.name_zh) AS name_length
  FROM markers
  JOIN names
    ON names.document_id = markers.document_id
    AND names.code_length = markers.code_length
    AND ENDS_WITH(SUBSTRING(markers.paragraph_zh, 1, markers.marker_offset), names.name_zh)
    AND NOT REGEXP_MATCHES(
      REGEXP_REPLACE(SUBSTRING(markers.paragraph_zh, 1, markers.marker_offset - LENGTH(names.name_zh)), '(支出|的|中)$', ''),
      '[(](类|款)[)][一-鿿]+$'
    )
), named AS (
  SELECT
    markers.document_id,
    markers.paragraph_number,
    markers.marker_offset,
    markers.code_length,
    names_before.functional_code,
    names_before.name_length,
    MAX(names_before.name_length) OVER (PARTITION BY markers.document_id, markers.paragraph_number, markers.marker_offset) AS longest
  FROM markers
  LEFT JOIN names_before
    ON names_before.document_id = markers.document_id
    AND names_before.paragraph_number = markers.paragraph_number
    AND names_before.marker_offset = markers.marker_offset
), candidates AS (
  SELECT
    named.document_id,
    named.paragraph_number,
    named.code_length,
    named.functional_code,
    named.marker_offset - COALESCE(named.name_length, 0) AS start_offset,
    named.marker_offset + 3 AS end_offset
  FROM named
  WHERE
    named.name_length = named.longest OR named.longest IS NULL
), continued AS (
  /* A 项 right behind a 款 is one of its 项, a 款 right behind a 类 one of its 款. */
  SELECT
    candidates.*,
    COALESCE(upper_class.start_offset, upper_level.start_offset, candidates.start_offset) AS path_start,
    (
      CASE WHEN upper_level.functional_code IS NULL THEN 0 ELSE 1 END
    ) + (
      CASE WHEN upper_class.functional_code IS NULL THEN 0 ELSE 1 END
    ) AS parent_count
  FROM candidates
  LEFT JOIN candidates AS upper_level
    ON upper_level.document_id = candidates.document_id
    AND upper_level.paragraph_number = candidates.paragraph_number
    AND upper_level.end_offset = candidates.start_offset
    AND upper_level.functional_code = SUBSTRING(candidates.functional_code, 1, candidates.code_length - 2)
  LEFT JOIN candidates AS upper_class
    ON upper_class.document_id = upper_level.document_id
    AND upper_class.paragraph_number = upper_level.paragraph_number
    AND upper_class.end_offset = upper_level.start_offset
    AND upper_class.functional_code = SUBSTRING(upper_level.functional_code, 1, upper_level.code_length - 2)
), ranked AS (
  SELECT
    continued.*,
    MAX(continued.parent_count) OVER (PARTITION BY continued.document_id, continued.paragraph_number, continued.end_offset) AS most_parents
  FROM continued
), marked AS (
  SELECT
    ranked.document_id,
    ranked.paragraph_number,
    MIN(ranked.path_start) AS start_offset,
    ranked.end_offset,
    CASE WHEN COUNT(DISTINCT ranked.functional_code) = 1 THEN MIN(ranked.functional_code) END AS functional_code
  FROM ranked
  WHERE
    ranked.parent_count = ranked.most_parents
  GROUP BY
    ranked.document_id,
    ranked.paragraph_number,
    ranked.end_offset
), unmarked AS (
  SELECT
    paragraphs.document_id,
    paragraphs.paragraph_number,
    offsets.start_offset,
    offsets.start_offset + LENGTH(names.name_zh) AS end_offset,
    names.functional_code
  FROM staging.narrative_paragraphs AS paragraphs
  JOIN names
    ON names.document_id = paragraphs.document_id
    AND names.code_length = 3
    AND ENDS_WITH(names.name_zh, '支出')
    AND paragraphs.section_code IN ('general_budget', 'expenditure')
    AND CONTAINS(paragraphs.paragraph_zh, names.name_zh)
  CROSS JOIN UNNEST(RANGE(0, LENGTH(paragraphs.paragraph_zh))) AS offsets(start_offset)
  WHERE
    REGEXP_MATCHES(SUBSTRING('。' || paragraphs.paragraph_zh, offsets.start_offset + 1, 1), '[^一-鿿]|于')
    AND STARTS_WITH(SUBSTRING(paragraphs.paragraph_zh, offsets.start_offset + 1), names.name_zh)
    AND REGEXP_MATCHES(
      SUBSTRING(paragraphs.paragraph_zh, offsets.start_offset + LENGTH(names.name_zh) + 1, 2),
      '^[”"]?[0-9为]'
    )
), named_places AS (
  SELECT
    marked.*
  FROM marked
  UNION ALL
  SELECT
    unmarked.*
  FROM unmarked
)
SELECT
  named_places.document_id::TEXT AS document_id, /* 文件编号 */
  named_places.paragraph_number::INT AS paragraph_number, /* 文件内第几段 */
  MIN(named_places.start_offset)::INT AS start_offset, /* 起点，含其上的类、款 */
  named_places.end_offset::INT AS end_offset, /* 终点 */
  CASE WHEN COUNT(DISTINCT named_places.functional_code) = 1 THEN MIN(named_places.functional_code) END::TEXT AS functional_code /* 功能分类科目编码；不认识或不唯一则为空 */
FROM named_places
GROUP BY
  named_places.document_id,
  named_places.paragraph_number,
  named_places.end_offset