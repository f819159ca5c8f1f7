/* The suspicious points that are wordings: a sentence that tells up to three of the places, and all
of them as evidence. marts.findings holds them beside the broken identities.
One row per suspicious point of words. */
MODEL (
  name marts.wording_findings,
  kind FULL,
  grain finding_id,
  audits (
    UNIQUE_VALUES(columns := (
      finding_id
    )),
    NOT_NULL(columns := (finding_id, wording_result_id, document_id, statement_zh, evidence))
  )
);

WITH places AS (
  /* The words on the left, what they are held against on the right. */
  SELECT
    wording_result_id,
    'lhs' AS side,
    words_zh AS said_zh,
    sentence_id,
    cell_id,
    CASE WHEN cell_id = stated_value_id THEN stated_value_id END AS stated_value_id
  FROM conformed.fct_wording_result
  UNION ALL
  SELECT
    wording_result_id,
    'rhs' AS side,
    held_against_zh AS said_zh,
    other_sentence_id AS sentence_id,
    other_cell_id AS cell_id,
    CASE WHEN other_cell_id = stated_value_id THEN stated_value_id END AS stated_value_id
  FROM conformed.fct_wording_result
), located AS (
  SELECT
    members.finding_id,
    members.member_number,
    places.wording_result_id,
    places.side,
    places.said_zh,
    places.sentence_id,
    places.cell_id,
    places.stated_value_id,
    COALESCE(cells.form_title, sentences.section_zh) AS form_zh,
    SUBSTRING(COALESCE(cells.cell_text, sentences.sentence), 1, 200) AS printed,
    COALESCE(cells.page_number, sentences.page_number) AS page_number,
    CASE
      WHEN documents.media_type <> 'application/pdf'
      THEN COALESCE(cells.line_number, sentences.line_number)
    END AS line_number
  FROM marts.finding_members AS members
  JOIN places
    ON places.wording_result_id = members.identity_result_id
  JOIN raw.documents AS documents
    ON documents.document_id = members.document_id
  LEFT JOIN raw.cells AS cells
    ON cells.cell_id = places.cell_id
  LEFT JOIN raw.narrative_sentences AS sentences
    ON sentences.sentence_id = places.sentence_id
), evidence AS (
  SELECT
    finding_id,
    TO_JSON(
      ARRAY_AGG(
        {'side': side, 'stated_value_id': stated_value_id, 'cell_id': cell_id, 'sentence_id': sentence_id, 'form_zh': form_zh, 'page': page_number, 'line': line_number, 'label': said_zh, 'printed': printed} ORDER BY member_number, side
      )
    ) AS evidence
  FROM located
  WHERE
    NOT sentence_id IS NULL OR NOT cell_id IS NULL
  GROUP BY
    finding_id
), told AS (
  SELECT
    members.finding_id,
    COUNT(*) AS member_count,
    LISTAGG(CASE WHEN members.member_number <= 3 THEN results.words_zh END, '；'
    ORDER BY
      members.member_number) AS words_zh,
    LISTAGG(
      CASE WHEN members.member_number <= 3 THEN results.words_zh || '，' || results.held_against_zh END, '；'
      ORDER BY
        members.member_number
    ) AS compared_zh,
    CASE WHEN COUNT(DISTINCT results.held_against_zh) = 1 THEN MIN(results.held_against_zh) END AS held_against_zh
  FROM marts.finding_members AS members
  JOIN conformed.fct_wording_result AS results
    ON results.wording_result_id = members.identity_result_id
  GROUP BY
    members.finding_id
)
SELECT
  told.finding_id::TEXT AS finding_id, /* 疑点编号，重建后不变 */
  results.wording_result_id::TEXT AS wording_result_id, /* 第一个文字核对结果 */
  results.check_id::TEXT AS check_id, /* 文字核对 */
  results.severity::TEXT AS severity, /* error 错误、warning 警告、info 提示 */
  results.document_id::TEXT AS document_id, /* 文件编号 */
  results.disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  results.department_id::TEXT AS department_id, /* 部门编号 */
  departments.name_zh::TEXT AS department_name_zh, /* 部门名称 */
  results.fiscal_year::INT AS fiscal_year, /* 年度 */
  (
    '疑点：' || departments.name_zh || results.fiscal_year || '年度' || checks.name_zh || '：' || CASE WHEN told.held_against_zh IS NULL THEN told.compared_zh ELSE told.words_zh END || CASE WHEN told.member_count > 3 THEN '等' || told.member_count || '处' ELSE '' END || COALESCE('，' || told.held_against_zh, '') || '。请对照原件' || COALESCE('第' || located.line_number || '行', '第' || located.page_number || '页') || '核实。'
  )::TEXT AS statement_zh, /* 可据以行动的一句话 */
  CASE WHEN doubtful.document_id IS NULL THEN 'disclosure' ELSE 'reading' END::TEXT AS origin, /* disclosure 披露存疑、reading 解析存疑 */
  located.page_number::INT AS page_number, /* 文字所在的页码 */
  located.line_number::INT AS line_number, /* 文本文件的行号 */
  told.member_count::INT AS member_count, /* 合并的文字核对结果个数 */
  evidence.evidence::TEXT AS evidence, /* 文字与所对照之处的句子、单元格、页码，JSON */
  checks.basis::TEXT AS basis /* 依据 */
FROM told
JOIN located
  ON located.finding_id = told.finding_id AND located.member_number = 1 AND located.side = 'lhs'
JOIN conformed.fct_wording_result AS results
  ON results.wording_result_id = located.wording_result_id
JOIN reference.wording_checks AS checks
  ON checks.check_id = results.check_id
JOIN conformed.dim_department AS departments
  ON departments.department_id = results.department_id
JOIN evidence
  ON evidence.finding_id = told.finding_id
LEFT JOIN conformed.doubtful_documents AS doubtful
  ON doubtful.document_id = results.document_id