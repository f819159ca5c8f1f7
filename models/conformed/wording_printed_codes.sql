/* Classification codes that a form prints beside the name of another code, or after their last year.
The printed code stays what it is; names that differ by brackets, 支出, 和/与/及, or by words left out
are the same name. What the code lists do not know is not judged unless the list of its siblings is
complete. One row per document, check and code. */
MODEL (
  name conformed.wording_printed_codes,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, check_id, item_key),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, check_id, item_key)),
    NOT_NULL(columns := (check_id, document_id, item_key, cell_id, words_zh))
  )
);

WITH code_lists AS (
  SELECT
    *,
    REGEXP_REPLACE(REGEXP_REPLACE(name_zh, '支出$', ''), '[^一-鿿]|[和与及]', '', 'g') AS bare_name
  FROM (
    SELECT
      'functional' AS row_kind,
      functional_code AS code,
      parent_code,
      name_zh,
      valid_from_year,
      COALESCE(valid_to_year, 9999) AS valid_to_year,
      is_list_complete
    FROM reference.functional_classifications
    UNION ALL
    SELECT
      'economic' AS row_kind,
      economic_code AS code,
      parent_code,
      name_zh,
      valid_from_year,
      COALESCE(valid_to_year, 9999) AS valid_to_year,
      is_list_complete
    FROM reference.economic_classifications
    WHERE
      scheme = 'departmental'
  ) AS lists
), printed AS (
  /* The first place where a document prints a code, with its name. */
  SELECT
    placements.document_id,
    placements.row_kind,
    placements.classification_code AS code,
    placements.line_label_zh AS name_zh,
    REGEXP_REPLACE(REGEXP_REPLACE(placements.line_label_zh, '支出$', ''), '[^一-鿿]|[和与及]', '', 'g') AS bare_name,
    documents.fiscal_year,
    MIN(placements.cell_id) AS cell_id
  FROM conformed.cell_placements AS placements
  JOIN raw.documents AS documents
    ON documents.document_id = placements.document_id
  WHERE
    placements.row_kind IN ('functional', 'economic')
    AND NOT placements.classification_code IS NULL
    AND placements.unplaced_reason IS NULL
  GROUP BY
    placements.document_id,
    placements.row_kind,
    placements.classification_code,
    placements.line_label_zh,
    documents.fiscal_year
), compared AS (
  SELECT
    printed.document_id,
    printed.row_kind,
    printed.code,
    printed.name_zh,
    printed.bare_name,
    printed.fiscal_year,
    printed.cell_id,
    COUNT(codes.code) AS listed_count,
    COUNT(*) FILTER(WHERE
      printed.fiscal_year BETWEEN codes.valid_from_year AND codes.valid_to_year) AS valid_count,
    MAX(codes.valid_to_year) AS last_year,
    ARG_MAX(
      codes.name_zh,
      CASE WHEN printed.fiscal_year >= codes.valid_from_year THEN codes.valid_from_year ELSE 0 END
    ) AS listed_name_zh,
    COUNT(*) FILTER(WHERE
      REGEXP_MATCHES(codes.bare_name, REGEXP_REPLACE(printed.bare_name, '(.)', '\1.*', 'g'))
      OR REGEXP_MATCHES(printed.bare_name, REGEXP_REPLACE(codes.bare_name, '(.)', '\1.*', 'g'))) AS namesake_count
  FROM printed
  LEFT JOIN code_lists AS codes
    ON codes.row_kind = printed.row_kind AND codes.code = printed.code
  WHERE
    LENGTH(printed.bare_name) >= 2
  GROUP BY ALL
), others AS (
  /* The one other code among the siblings that has the printed name in that year. */
  SELECT
    compared.document_id,
    compared.row_kind,
    compared.code,
    compared.name_zh,
    MIN(codes.code) AS other_code
  FROM compared
  JOIN code_lists AS codes
    ON codes.row_kind = compared.row_kind
    AND codes.bare_name = compared.bare_name
    AND LENGTH(codes.code) = LENGTH(compared.code)
    AND codes.parent_code = CASE LENGTH(compared.code) WHEN 3 THEN '' ELSE LEFT(compared.code, LENGTH(compared.code) - 2) END
    AND codes.code <> compared.code
    AND compared.fiscal_year BETWEEN codes.valid_from_year AND codes.valid_to_year
  WHERE
    compared.listed_count > 0 AND compared.namesake_count = 0
  GROUP BY
    compared.document_id,
    compared.row_kind,
    compared.code,
    compared.name_zh
  HAVING
    COUNT(DISTINCT codes.code) = 1
), complete_lists AS (
  SELECT
    row_kind,
    parent_code,
    LENGTH(code) AS code_length,
    MIN(valid_from_year) AS first_year
  FROM code_lists
  GROUP BY
    row_kind,
    parent_code,
    LENGTH(code)
  HAVING
    BOOL_AND(is_list_complete::BOOLEAN)
), told AS (
  SELECT
    'wording.code_of_another_name' AS check_id,
    compared.*,
    '目录里' || compared.code || '是“' || compared.listed_name_zh || '”，“' || compared.name_zh || '”是' || others.other_code AS held_against_zh
  FROM compared
  JOIN others
    ON others.document_id = compared.document_id
    AND others.row_kind = compared.row_kind
    AND others.code = compared.code
    AND others.name_zh = compared.name_zh
  UNION ALL
  SELECT
    'wording.code_not_in_year' AS check_id,
    compared.*,
    '目录里该编码只到' || compared.last_year::TEXT || '年' AS held_against_zh
  FROM compared
  WHERE
    compared.listed_count > 0
    AND compared.valid_count = 0
    AND compared.namesake_count > 0
    AND compared.last_year < compared.fiscal_year
  UNION ALL
  SELECT
    'wording.code_not_in_year' AS check_id,
    compared.*,
    '当年目录里没有这一编码' AS held_against_zh
  FROM compared
  JOIN complete_lists
    ON complete_lists.row_kind = compared.row_kind
    AND complete_lists.code_length = LENGTH(compared.code)
    AND complete_lists.parent_code = CASE LENGTH(compared.code) WHEN 3 THEN '' ELSE LEFT(compared.code, LENGTH(compared.code) - 2) END
    AND complete_lists.first_year <= compared.fiscal_year
  WHERE
    compared.listed_count = 0
)
SELECT
  check_id::TEXT AS check_id, /* 文字核对 */
  document_id::TEXT AS document_id, /* 文件编号 */
  code::TEXT AS item_key, /* 印出的科目编码 */
  (
    '表内' || code || '印作“' || MIN(name_zh) || '”'
  )::TEXT AS words_zh, /* 表怎么印 */
  MIN(held_against_zh)::TEXT AS held_against_zh, /* 目录怎么说 */
  MIN(cell_id)::TEXT AS cell_id, /* 首次印出该编码的行的单元格 */
  MIN(cell_id)::TEXT AS stated_value_id /* 该行的数 */
FROM told
GROUP BY
  check_id,
  document_id,
  code