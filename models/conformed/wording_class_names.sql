/* Functional classes that the prose names as neither the code list of the year nor any form of the
document does, where the place of the name tells which line of the forms is meant: a known 项 right
behind it, or the same amount on one line that the prose names nowhere. Names that differ by brackets,
支出, 和/与/及, or by words left out are the same name. One row per document and line. */
MODEL (
  name conformed.wording_class_names,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (document_id, item_key),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (document_id, item_key)),
    NOT_NULL(columns := (check_id, document_id, item_key, sentence_id, words_zh))
  )
);

WITH lines AS (
  SELECT
    document_id,
    cell_id,
    form_code,
    line_code,
    line_label_zh,
    number * factor_cny AS amount_cny,
    expenditure_nature,
    REGEXP_REPLACE(REGEXP_REPLACE(line_label_zh, '支出$', ''), '[^一-鿿]|[和与及]', '', 'g') AS bare_name
  FROM conformed.cell_placements
  WHERE
    row_kind = 'functional'
    AND NOT classification_code IS NULL
    AND unplaced_reason IS NULL
    AND value_kind = 'amount'
), known_names AS (
  SELECT DISTINCT
    documents.document_id,
    REGEXP_REPLACE(REGEXP_REPLACE(codes.name_zh, '支出$', ''), '[^一-鿿]|[和与及]', '', 'g') AS bare_name
  FROM raw.documents AS documents
  JOIN reference.functional_classifications AS codes
    ON codes.valid_from_year <= documents.fiscal_year
    AND COALESCE(codes.valid_to_year, 9999) >= documents.fiscal_year
  UNION
  SELECT
    document_id,
    bare_name
  FROM lines
), named AS (
  /* What stands before a (类), (款) or (项) whose name has no single code. */
  SELECT
    paths.document_id,
    paths.paragraph_number,
    paths.end_offset,
    paragraphs.paragraph_zh,
    CASE SUBSTRING(paragraphs.paragraph_zh, paths.end_offset - 1, 1)
      WHEN '类'
      THEN 3
      WHEN '款'
      THEN 5
      ELSE 7
    END AS code_length,
    REGEXP_EXTRACT(
      REGEXP_REPLACE(SUBSTRING(paragraphs.paragraph_zh, 1, paths.end_offset - 3), '\((类|款|项)\)', '。', 'g'),
      '((?:[一-鿿]|\([^()]*\))+)$',
      1
    ) AS name_zh
  FROM conformed.narrative_functional_paths AS paths
  JOIN staging.narrative_paragraphs AS paragraphs
    ON paragraphs.document_id = paths.document_id AND paragraphs.paragraph_number = paths.paragraph_number
  WHERE
    paths.functional_code IS NULL
    AND paragraphs.section_code = 'general_budget'
    AND NOT paragraphs.is_personal
), unknown AS (
  SELECT
    bared.*
  FROM (
    SELECT
      named.*,
      REGEXP_REPLACE(REGEXP_REPLACE(named.name_zh, '支出$', ''), '[^一-鿿]|[和与及]', '', 'g') AS bare_name
    FROM named
  ) AS bared
  LEFT JOIN known_names
    ON known_names.document_id = bared.document_id AND known_names.bare_name = bared.bare_name
  WHERE
    known_names.document_id IS NULL AND LENGTH(bared.bare_name) >= 4
), meant AS (
  /* A known 项 behind an unknown 款 is one of the 款 that is meant. */
  SELECT
    unknown.*,
    lines.line_code,
    lines.line_label_zh,
    lines.bare_name AS line_bare_name,
    lines.cell_id,
    1 AS preference
  FROM unknown
  JOIN conformed.narrative_functional_paths AS lower_paths
    ON lower_paths.document_id = unknown.document_id
    AND lower_paths.paragraph_number = unknown.paragraph_number
    AND lower_paths.start_offset = unknown.end_offset
    AND LENGTH(lower_paths.functional_code) > unknown.code_length
  JOIN lines AS lower_lines
    ON lower_lines.document_id = unknown.document_id AND lower_lines.line_code = lower_paths.functional_code
  JOIN lines
    ON lines.document_id = unknown.document_id
    AND lines.form_code = lower_lines.form_code
    AND lines.line_code = LEFT(lower_paths.functional_code, unknown.code_length)
  UNION ALL
  SELECT
    unknown.*,
    lines.line_code,
    lines.line_label_zh,
    lines.bare_name AS line_bare_name,
    lines.cell_id,
    2 AS preference
  FROM unknown
  JOIN staging.narrative_figures AS figures
    ON figures.document_id = unknown.document_id
    AND figures.paragraph_number = unknown.paragraph_number
    AND figures.figure_start >= unknown.end_offset
    AND figures.value_kind = 'amount'
    AND REGEXP_FULL_MATCH(
      SUBSTRING(unknown.paragraph_zh, unknown.end_offset + 1, figures.figure_start - unknown.end_offset),
      '(支出)?(决算)?数?(为|共|是)?|[^类款项]*支出决算数?(为|是)?'
    )
  JOIN lines
    ON lines.document_id = unknown.document_id
    AND lines.form_code = 'general_budget_expenditure'
    AND lines.expenditure_nature = 'total'
    AND LENGTH(lines.line_code) = unknown.code_length
    AND lines.amount_cny = figures.number * figures.factor_cny
    AND lines.amount_cny > 0
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM conformed.narrative_functional_paths AS elsewhere
      WHERE
        elsewhere.document_id = lines.document_id AND elsewhere.functional_code = lines.line_code
    )
    AND NOT EXISTS(
      SELECT
        1
      FROM lines AS others
      WHERE
        others.document_id = lines.document_id
        AND others.form_code = lines.form_code
        AND others.expenditure_nature = 'total'
        AND LENGTH(others.line_code) = LENGTH(lines.line_code)
        AND others.amount_cny = lines.amount_cny
        AND others.line_code <> lines.line_code
    )
), otherwise AS (
  SELECT
    meant.*,
    ROW_NUMBER() OVER (PARTITION BY document_id, line_code ORDER BY preference, paragraph_number, end_offset, cell_id) AS match_number
  FROM meant
  WHERE
    NOT REGEXP_MATCHES(line_bare_name, REGEXP_REPLACE(bare_name, '(.)', '\1.*', 'g'))
    AND NOT REGEXP_MATCHES(bare_name, REGEXP_REPLACE(line_bare_name, '(.)', '\1.*', 'g'))
), places AS (
  SELECT
    otherwise.document_id,
    otherwise.line_code,
    MIN(sentences.sentence_id) AS sentence_id
  FROM otherwise
  JOIN raw.narrative_sentences AS sentences
    ON sentences.document_id = otherwise.document_id
    AND sentences.paragraph_number = otherwise.paragraph_number
    AND CONTAINS(sentences.sentence, otherwise.name_zh)
  WHERE
    otherwise.match_number = 1
  GROUP BY
    otherwise.document_id,
    otherwise.line_code
)
SELECT
  'wording.class_named_otherwise'::TEXT AS check_id, /* 文字核对 */
  otherwise.document_id::TEXT AS document_id, /* 文件编号 */
  otherwise.line_code::TEXT AS item_key, /* 功能分类科目编码 */
  (
    '文字写“' || otherwise.name_zh || '”'
  )::TEXT AS words_zh, /* 文字怎么说 */
  (
    '表内' || otherwise.line_code || '是“' || otherwise.line_label_zh || '”'
  )::TEXT AS held_against_zh, /* 表怎么说 */
  places.sentence_id::TEXT AS sentence_id, /* 文字所在的句子 */
  otherwise.cell_id::TEXT AS other_cell_id, /* 表内该行的单元格 */
  otherwise.cell_id::TEXT AS stated_value_id /* 表内该行的数 */
FROM otherwise
JOIN places
  ON places.document_id = otherwise.document_id AND places.line_code = otherwise.line_code
WHERE
  otherwise.match_number = 1