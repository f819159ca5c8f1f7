/* The units that a document says its department consists of, with the place of each: rows of a table
of names, numbered paragraphs under a sentence that announces them, the names in that sentence where
it says how many they are, or the statement that there are none. A name without its place takes that
of the department where it begins with the department's own name. One row per listed unit. */
MODEL (
  name conformed.listed_units,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain listed_unit_id,
  audits (
    UNIQUE_VALUES(columns := (
      listed_unit_id
    )),
    NOT_NULL(columns := (listed_unit_id, document_id, stated_as, is_own)),
    ACCEPTED_VALUES("column" := stated_as, is_in := ('table', 'line', 'sentence', 'none'))
  )
);

WITH documents AS (
  SELECT
    document_id,
    TRANSLATE(department_name_zh, '（）', '()') AS department_zh
  FROM raw.documents
  WHERE
    status IN ('loaded', 'superseded', 'quarantined') AND NOT department_name_zh IS NULL
), paragraphs AS (
  SELECT
    document_id,
    paragraph_number,
    MIN(sentence_id) AS sentence_id,
    MIN(section_zh) AS section_zh,
    MIN(page_number) AS page_number,
    MIN(line_number) AS line_number,
    TRANSLATE(LISTAGG(sentence, ''
    ORDER BY
      sentence_number), '（）', '()') AS paragraph_zh
  FROM raw.narrative_sentences
  GROUP BY
    document_id,
    paragraph_number
), announced AS (
  SELECT
    paragraphs.document_id,
    paragraphs.paragraph_number,
    MIN(paragraphs.section_zh) AS section_zh,
    MIN(paragraphs.page_number) AS page_number,
    MIN(paragraphs.line_number) AS line_number,
    BOOL_OR(CAST(REGEXP_MATCHES(paragraphs.paragraph_zh, '[:：]$') AS BOOLEAN)) AS is_open
  FROM paragraphs
  JOIN reference.unit_list_phrases AS phrases
    ON phrases.phrase_kind = 'intro' AND REGEXP_MATCHES(paragraphs.paragraph_zh, phrases.pattern)
  GROUP BY
    paragraphs.document_id,
    paragraphs.paragraph_number
), headers AS (
  SELECT
    cells.document_id,
    cells.table_number,
    cells.column_number,
    MIN(cells.page_number) AS page_number,
    MIN(cells.line_number) AS line_number,
    BOOL_OR(CAST(phrases.phrase_kind = 'column' AS BOOLEAN)) AS is_name,
    BOOL_OR(CAST(NOT phrases.phrase_kind IS NULL AS BOOLEAN)) AS is_known
  FROM raw.cells AS cells
  LEFT JOIN reference.unit_list_phrases AS phrases
    ON phrases.phrase_kind IN ('column', 'other_column')
    AND REGEXP_FULL_MATCH(cells.column_label, phrases.pattern)
  WHERE
    cells.form_title = '' AND cells.reading_number = 1 AND cells.cell_kind = 'header'
  GROUP BY
    cells.document_id,
    cells.table_number,
    cells.column_number
), name_tables AS (
  SELECT
    document_id,
    table_number,
    MIN(CASE WHEN is_name THEN column_number END) AS column_number,
    MIN(page_number) AS page_number,
    MIN(line_number) AS line_number
  FROM headers
  GROUP BY
    document_id,
    table_number
  HAVING
    COUNT(CASE WHEN is_name THEN 1 END) = 1 AND BOOL_AND(is_known::BOOLEAN)
), list_tables AS (
  /* The first table of names that stands after a sentence announcing it, and no further away than
  over the page. */
  SELECT
    name_tables.*
  FROM name_tables
  JOIN announced
    ON announced.document_id = name_tables.document_id
    AND name_tables.page_number BETWEEN announced.page_number AND announced.page_number + 1
    AND COALESCE(name_tables.line_number > announced.line_number, TRUE)
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY name_tables.document_id ORDER BY name_tables.table_number) = 1
), numbered AS (
  SELECT
    announced.document_id,
    announced.paragraph_number AS list_number,
    paragraphs.paragraph_number - announced.paragraph_number AS distance,
    paragraphs.sentence_id,
    paragraphs.page_number,
    paragraphs.line_number,
    REGEXP_EXTRACT(paragraphs.paragraph_zh, '^\(?([0-9]{1,2}|[一二三四五六七八九十]{1,3})[)、.．]+\s*', 1) AS ordinal,
    REGEXP_REPLACE(paragraphs.paragraph_zh, '^\(?([0-9]{1,2}|[一二三四五六七八九十]{1,3})[)、.．]+\s*|[，,:：；;。].*$', '', 'g') AS unit_name_zh
  FROM announced
  JOIN paragraphs
    ON paragraphs.document_id = announced.document_id
    AND paragraphs.paragraph_number > announced.paragraph_number
    AND paragraphs.paragraph_number <= announced.paragraph_number + 99
    AND paragraphs.section_zh IS NOT DISTINCT FROM announced.section_zh
  WHERE
    announced.is_open
), followed AS (
  /* A list goes on as long as each paragraph bears the next number. */
  SELECT
    numbered.*,
    COALESCE(TRY_CAST(ordinal AS INT), STRPOS('一,二,三,四,五,六,七,八,九,十,', ordinal || ',') / 2 + 1) = distance
    AND NULLIF(ordinal, '') <> '' AS is_next
  FROM numbered
), listed_lines AS (
  SELECT
    followed.*
  FROM followed
  QUALIFY
    BOOL_AND(COALESCE(is_next, FALSE)::BOOLEAN) OVER (
      PARTITION BY document_id, list_number
      ORDER BY distance
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
), sentences AS (
  SELECT
    paragraphs.document_id,
    paragraphs.sentence_id,
    paragraphs.page_number,
    paragraphs.line_number,
    CASE
      WHEN phrases.phrase_kind = 'count_names'
      THEN REGEXP_EXTRACT(paragraphs.paragraph_zh, phrases.pattern, 1)
      ELSE REGEXP_EXTRACT(paragraphs.paragraph_zh, phrases.pattern, 2)
    END AS count_zh,
    CASE
      WHEN phrases.phrase_kind = 'count_names'
      THEN REGEXP_EXTRACT(paragraphs.paragraph_zh, phrases.pattern, 2)
      ELSE REGEXP_EXTRACT(paragraphs.paragraph_zh, phrases.pattern, 1)
    END AS names_zh
  FROM announced
  JOIN paragraphs
    ON paragraphs.document_id = announced.document_id
    AND paragraphs.paragraph_number = announced.paragraph_number
  JOIN reference.unit_list_phrases AS phrases
    ON phrases.phrase_kind IN ('count_names', 'names_count')
    AND REGEXP_MATCHES(paragraphs.paragraph_zh, phrases.pattern)
  WHERE
    NOT announced.is_open
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY paragraphs.document_id ORDER BY paragraphs.paragraph_number, phrases.pattern) = 1
), split_names AS (
  SELECT
    sentences.*,
    COALESCE(TRY_CAST(count_zh AS INT), STRPOS('一二三四五六七八九十', REPLACE(count_zh, '两', '二'))) AS unit_count,
    REGEXP_SPLIT_TO_ARRAY(REGEXP_REPLACE(sentences.names_zh, COALESCE(own.pattern, '$^'), '\1、'), '[、，,；;]|以及') AS names
  FROM sentences
  LEFT JOIN reference.unit_list_phrases AS own
    ON own.phrase_kind = 'own_and' AND REGEXP_MATCHES(sentences.names_zh, own.pattern)
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY sentences.document_id ORDER BY own.pattern) = 1
), counted_names AS (
  /* Elsewhere 和 and 及 part the last two names or stand in a name: the number of units decides. */
  SELECT
    document_id,
    sentence_id,
    page_number,
    line_number,
    CASE
      WHEN LENGTH(names) = unit_count
      THEN names
      WHEN LENGTH(names) + 1 = unit_count
      THEN LIST_CONCAT(LIST_SLICE(names, 1, LENGTH(names) - 1), REGEXP_SPLIT_TO_ARRAY(LIST_EXTRACT(names, -1), '和|及'))
    END AS names,
    unit_count
  FROM split_names
), listed_names AS (
  SELECT
    document_id,
    sentence_id,
    page_number,
    line_number,
    UNNEST(names) AS unit_name_zh,
    GENERATE_SUBSCRIPTS(names, 1) AS unit_order
  FROM counted_names
  WHERE
    LENGTH(names) = unit_count
), named_in_words AS (
  SELECT
    document_id,
    'line' AS stated_as,
    distance AS unit_order,
    unit_name_zh,
    page_number,
    line_number,
    sentence_id
  FROM listed_lines
  UNION ALL
  SELECT
    document_id,
    'sentence' AS stated_as,
    unit_order,
    TRIM(unit_name_zh) AS unit_name_zh,
    page_number,
    line_number,
    sentence_id
  FROM listed_names
), listed AS (
  SELECT
    cells.document_id,
    'table' AS stated_as,
    cells.row_number AS unit_order,
    TRANSLATE(REGEXP_REPLACE(cells.cell_text, '\s', '', 'g'), '（）', '()') AS unit_name_zh,
    cells.page_number,
    cells.line_number,
    cells.cell_id,
    NULL AS sentence_id
  FROM list_tables
  JOIN raw.cells AS cells
    ON cells.document_id = list_tables.document_id
    AND cells.table_number = list_tables.table_number
    AND cells.column_number = list_tables.column_number
  WHERE
    cells.reading_number = 1 AND NOT cells.cell_kind IN ('header', 'note')
  UNION ALL
  (
    /* A table goes before lines, and lines before a sentence. */
    SELECT
      named_in_words.document_id,
      named_in_words.stated_as,
      named_in_words.unit_order,
      named_in_words.unit_name_zh,
      named_in_words.page_number,
      named_in_words.line_number,
      NULL AS cell_id,
      named_in_words.sentence_id
    FROM named_in_words
    LEFT JOIN list_tables
      ON list_tables.document_id = named_in_words.document_id
    WHERE
      list_tables.document_id IS NULL
    QUALIFY
      named_in_words.stated_as = MIN(named_in_words.stated_as) OVER (PARTITION BY named_in_words.document_id)
  )
), units AS (
  SELECT
    listed.*,
    documents.department_zh,
    NOT own.pattern IS NULL AS is_marked_own,
    REGEXP_REPLACE(listed.unit_name_zh, COALESCE(own.pattern, '$^'), '') AS bare_zh
  FROM listed
  JOIN documents
    ON documents.document_id = listed.document_id
  LEFT JOIN reference.unit_list_phrases AS own
    ON own.phrase_kind = 'own' AND REGEXP_MATCHES(listed.unit_name_zh, own.pattern)
  LEFT JOIN reference.unit_list_phrases AS others
    ON others.phrase_kind = 'not_a_unit' AND REGEXP_FULL_MATCH(listed.unit_name_zh, others.pattern)
  WHERE
    others.pattern IS NULL
), tails AS (
  /* The longest end of the department's name that a unit's name begins with. */
  SELECT
    units.document_id,
    units.unit_order,
    MAX(lengths.tail_length) AS tail_length
  FROM units
  JOIN (
    SELECT
      UNNEST(RANGE(3, 60))::INT AS tail_length
  ) AS lengths
    ON lengths.tail_length <= LENGTH(units.department_zh)
    AND STARTS_WITH(units.bare_zh, RIGHT(units.department_zh, lengths.tail_length))
  GROUP BY
    units.document_id,
    units.unit_order
), placed AS (
  SELECT
    units.*,
    tails.tail_length,
    LEFT(units.department_zh, LENGTH(units.department_zh) - COALESCE(tails.tail_length, 0)) AS place_zh,
    SUM(CASE WHEN units.is_marked_own THEN 1 ELSE 0 END) OVER (PARTITION BY units.document_id) AS own_count
  FROM units
  LEFT JOIN tails
    ON tails.document_id = units.document_id AND tails.unit_order = units.unit_order
), named AS (
  SELECT
    placed.*,
    (
      is_marked_own AND own_count = 1
    )
    OR (
      bare_zh <> '' AND LENGTH(bare_zh) = COALESCE(tail_length, 0)
    ) AS is_own
  FROM placed
), none_stated AS (
  SELECT
    sentences.document_id,
    MIN(sentences.sentence_id) AS sentence_id,
    MIN(sentences.page_number) AS page_number,
    MIN(sentences.line_number) AS line_number
  FROM raw.narrative_sentences AS sentences
  JOIN documents
    ON documents.document_id = sentences.document_id
  JOIN reference.unit_list_phrases AS phrases
    ON phrases.phrase_kind = 'none' AND REGEXP_MATCHES(RTRIM(sentences.sentence, '。；;'), phrases.pattern)
  LEFT JOIN listed
    ON listed.document_id = sentences.document_id
  WHERE
    listed.document_id IS NULL
  GROUP BY
    sentences.document_id
)
SELECT
  CASE
    WHEN stated_as = 'sentence'
    THEN sentence_id || '.' || unit_order
    ELSE COALESCE(cell_id, sentence_id)
  END::TEXT AS listed_unit_id, /* 名单中一行的编号：单元格或句子的编号；一句话里的，加第几个 */
  document_id::TEXT AS document_id, /* 文件编号 */
  (
    ROW_NUMBER() OVER (PARTITION BY document_id ORDER BY unit_order)
  )::INT AS unit_number, /* 名单中的第几个 */
  unit_name_zh::TEXT AS unit_name_zh, /* 单位名称，如所印 */
  CASE
    WHEN is_own
    THEN department_zh
    WHEN tail_length < LENGTH(department_zh) AND REGEXP_MATCHES(place_zh, '[省市州盟区县旗]$')
    THEN place_zh || bare_zh
    ELSE bare_zh
  END::TEXT AS full_name_zh, /* 带地名的全称；没有地名又不以部门名称开头的，如所印 */
  is_own::BOOLEAN AS is_own, /* 是否部门本级 */
  stated_as::TEXT AS stated_as, /* table 表格、line 逐行列举、sentence 一句话里列举并说明家数、none 称没有所属单位 */
  page_number::INT AS page_number, /* 页码 */
  line_number::INT AS line_number, /* 行号 */
  cell_id::TEXT AS cell_id, /* 单元格编号 */
  sentence_id::TEXT AS sentence_id /* 句子编号 */
FROM named
UNION ALL
SELECT
  sentence_id,
  document_id,
  0 AS unit_number,
  NULL AS unit_name_zh,
  NULL AS full_name_zh,
  FALSE AS is_own,
  'none' AS stated_as,
  page_number,
  line_number,
  NULL AS cell_id,
  sentence_id
FROM none_stated