/* Suspicious points (疑点): where a disclosure contradicts itself beyond what rounding explains, or its
words say what its tables do not, each with a sentence to act on, both sides, and the places they
stand in. One row per suspicious point. */
MODEL (
  name marts.findings,
  kind FULL,
  grain finding_id,
  audits (
    UNIQUE_VALUES(columns := (
      finding_id
    )),
    NOT_NULL(columns := (finding_id, document_id, severity, statement_zh, evidence))
  )
);

WITH main_results AS (
  SELECT
    members.finding_id,
    results.*
  FROM marts.finding_members AS members
  JOIN conformed.fct_identity_result AS results
    ON results.identity_result_id = members.identity_result_id
  WHERE
    members.member_number = 1
), sides AS (
  SELECT
    evidence.identity_result_id,
    COALESCE(
      MAX(
        CASE evidence.side
          WHEN 'lhs'
          THEN CASE stated.document_kind WHEN 'budget' THEN REPLACE(forms.name_zh, '决算', '预算') ELSE forms.name_zh END
        END
      ),
      MAX(
        CASE stated.document_kind WHEN 'budget' THEN REPLACE(forms.name_zh, '决算', '预算') ELSE forms.name_zh END
      )
    ) AS form_zh, /* A budget has the forms of the same content under its own name. */ /* Where a closed list lacks the line, only the right side can say what it is. */
    COALESCE(MAX(CASE evidence.side WHEN 'lhs' THEN stated.line_label_zh END), MAX(stated.line_label_zh)) AS label_zh,
    COALESCE(MAX(CASE evidence.side WHEN 'lhs' THEN stated.measure_label_zh END), MAX(stated.measure_label_zh)) AS measure_zh,
    COALESCE(
      MIN(
        COALESCE(cells.page_number, figures.page_number, sentences.page_number)::BIGINT * 10000000 + CASE
          WHEN documents.media_type = 'application/pdf'
          THEN 0
          ELSE COALESCE(cells.line_number, figures.line_number, sentences.line_number, 0)
        END
      ) FILTER(WHERE
        evidence.side = 'lhs'),
      MIN(
        COALESCE(cells.page_number, figures.page_number, sentences.page_number)::BIGINT * 10000000 + CASE
          WHEN documents.media_type = 'application/pdf'
          THEN 0
          ELSE COALESCE(cells.line_number, figures.line_number, sentences.line_number, 0)
        END
      )
    ) AS first_place, /* Page and line in one, so that both are of the same term. */
    MAX(
      CASE
        WHEN evidence.side = 'lhs'
        AND documents.media_type IN ('application/vnd.ms-excel', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        THEN 1
        ELSE 0
      END
    ) = 1 AS is_workbook,
    MAX('《' || forms.name_zh || '》有' || derailed.broken_line_count || '行不等于所属各行之和') AS derailed_zh,
    BOOL_OR(CAST(NOT doubtful.document_id IS NULL AS BOOLEAN)) AS is_doubtful, /* Whichever of the files may be misread. */
    TO_JSON(
      ARRAY_AGG(
        {'side': evidence.side, 'stated_value_id': evidence.stated_value_id, 'cell_id': stated.cell_id, 'figure_id': stated.figure_id, 'file': documents.file_name, 'form_zh': forms.name_zh, 'page': COALESCE(cells.page_number, figures.page_number, sentences.page_number), 'line': CASE
          WHEN documents.media_type <> 'application/pdf' AND NOT documents.media_type LIKE 'image/%'
          THEN COALESCE(cells.line_number, figures.line_number, sentences.line_number)
        END, 'label': COALESCE(stated.functional_code || ' ', stated.economic_code || ' ', '') || stated.line_label_zh, 'measure': stated.measure_label_zh, 'printed': COALESCE(stated.printed, '（空表说明）'), 'unit': stated.unit_printed} ORDER BY evidence.side, evidence.term_number, stated.cell_id, stated.stated_value_id
      )
    ) AS evidence
  FROM conformed.identity_evidence AS evidence
  JOIN conformed.fct_stated_value AS stated
    ON stated.stated_value_id = evidence.stated_value_id
  JOIN reference.forms AS forms
    ON forms.form_code = stated.form_code
  JOIN raw.documents AS documents
    ON documents.document_id = stated.document_id
  LEFT JOIN conformed.doubtful_documents AS doubtful
    ON doubtful.document_id = stated.document_id
  LEFT JOIN conformed.derailed_forms AS derailed
    ON derailed.disclosure_id = stated.disclosure_id AND derailed.form_code = stated.form_code
  LEFT JOIN raw.cells AS cells
    ON cells.cell_id = stated.cell_id
  LEFT JOIN raw.narrative_figures AS figures
    ON figures.figure_id = stated.figure_id
  LEFT JOIN raw.narrative_sentences AS sentences
    ON sentences.sentence_id = stated.sentence_id
  GROUP BY
    evidence.identity_result_id
), member_counts AS (
  SELECT
    finding_id,
    COUNT(*) AS member_count
  FROM marts.finding_members
  GROUP BY
    finding_id
), wording AS (
  SELECT
    main_results.*,
    identities.kind,
    identities.comparator,
    identities.name_zh AS identity_zh,
    identities.basis,
    departments.name_zh AS department_name_zh,
    sides.form_zh,
    TRIM(COALESCE(REGEXP_EXTRACT(main_results.scope_line_code, '^[0-9]*'), '') || ' ' || sides.label_zh) AS line_zh,
    sides.measure_zh,
    FLOOR(sides.first_place / 10000000)::INT AS first_page,
    NULLIF(CAST(sides.first_place % 10000000 AS INT), 0) AS first_line,
    sides.is_workbook,
    sides.evidence,
    member_counts.member_count,
    sides.is_doubtful,
    sides.derailed_zh,
    identities.finding_per,
    counterparts.counterpart_zh,
    CASE main_results.value_unit WHEN 'CNY' THEN 10000 ELSE 1 END AS divisor,
    CASE main_results.value_unit
      WHEN 'CNY'
      THEN '万元'
      WHEN 'percent'
      THEN '%'
      WHEN 'point'
      THEN '分'
      WHEN 'day'
      THEN '天'
      ELSE ''
    END AS unit_zh
  FROM main_results
  JOIN reference.identities AS identities
    ON identities.identity_id = main_results.identity_id
  JOIN conformed.dim_department AS departments
    ON departments.department_id = main_results.department_id
  JOIN sides
    ON sides.identity_result_id = main_results.identity_result_id
  JOIN member_counts
    ON member_counts.finding_id = main_results.finding_id
  LEFT JOIN marts.finding_counterparts AS counterparts
    ON counterparts.identity_result_id = main_results.identity_result_id
), figures AS (
  /* Figures as a person writes them: 万元 without trailing zeros, days as dates. */
  SELECT
    wording.*,
    CASE value_unit
      WHEN 'day'
      THEN CAST('1970-01-01'::DATE + lhs_value::INT AS TEXT)
      ELSE REGEXP_REPLACE(CAST(lhs_value / divisor AS DECIMAL(24, 6))::TEXT, '\.?0+$', '') || unit_zh
    END AS lhs_text,
    CASE value_unit
      WHEN 'day'
      THEN CAST('1970-01-01'::DATE + rhs_value::INT AS TEXT)
      ELSE REGEXP_REPLACE(CAST(rhs_value / divisor AS DECIMAL(24, 4))::TEXT, '\.?0+$', '') || unit_zh
    END AS rhs_text,
    REGEXP_REPLACE(CAST(ABS(gap) / divisor AS DECIMAL(24, 4))::TEXT, '\.?0+$', '') || unit_zh AS gap_text,
    REGEXP_REPLACE(CAST(tolerance / divisor AS DECIMAL(24, 4))::TEXT, '\.?0+$', '') || unit_zh AS tolerance_text
  FROM wording
), told AS (
  SELECT
    finding_id,
    identity_id,
    identity_result_id,
    kind,
    severity,
    CASE WHEN is_waived THEN 'waived' ELSE 'open' END AS review_status,
    verdict,
    document_id,
    disclosure_id,
    department_id,
    department_name_zh,
    fiscal_year,
    '疑点：' || department_name_zh || fiscal_year || '年度《' || form_zh || '》“' || COALESCE(NULLIF(line_zh, '') || '·', '') || measure_zh || '”与“' || identity_zh || '”不合：左边' || lhs_text || '，右边' || rhs_text || '，相差' || gap_text || CASE
      WHEN verdict = 'implausible'
      THEN '，虽在舍入可及的' || tolerance_text || '之内，但各数独立舍入时千次不及一次'
      WHEN tolerance > 0 AND NOT comparator IN ('iff', 'implies')
      THEN '，超出舍入所能解释的' || tolerance_text
      ELSE ''
    END || CASE
      WHEN member_count = 1
      THEN ''
      WHEN finding_per = 'document'
      THEN '（另有' || (
        member_count - 1
      ) || '处同样不合）'
      ELSE '（同一原因另有' || (
        member_count - 1
      ) || '处不合）'
    END || COALESCE('；' || derailed_zh || '，疑为错行或错栏', '；差额' || counterpart_zh || '，疑为科目调整', '') || '。请对照原件' || CASE WHEN is_workbook THEN '第' || first_page || '张工作表' ELSE '' END || COALESCE('第' || first_line || '行', CASE WHEN is_workbook THEN '' ELSE '第' || first_page || '页' END) || '核实。' AS statement_zh,
    lhs_value,
    rhs_value,
    gap,
    value_unit,
    lhs_cny,
    rhs_cny,
    gap_cny,
    CASE value_unit WHEN 'CNY' THEN tolerance END AS tolerance_cny,
    CASE WHEN is_doubtful THEN 'reading' ELSE 'disclosure' END AS origin,
    first_page AS page_number,
    first_line AS line_number,
    member_count,
    evidence,
    basis
  FROM figures
  UNION ALL
  SELECT
    finding_id,
    check_id AS identity_id,
    wording_result_id AS identity_result_id,
    'wording' AS kind,
    severity,
    'open' AS review_status,
    'wording' AS verdict,
    document_id,
    disclosure_id,
    department_id,
    department_name_zh,
    fiscal_year,
    statement_zh,
    NULL AS lhs_value,
    NULL AS rhs_value,
    NULL AS gap,
    NULL AS value_unit,
    NULL AS lhs_cny,
    NULL AS rhs_cny,
    NULL AS gap_cny,
    NULL AS tolerance_cny,
    origin,
    page_number,
    line_number,
    member_count,
    evidence,
    basis
  FROM marts.wording_findings
)
SELECT
  finding_id::TEXT AS finding_id, /* 疑点编号，重建后不变 */
  identity_id::TEXT AS identity_id, /* 勾稽关系，或文字核对 */
  identity_result_id::TEXT AS identity_result_id, /* 差额最大的核对结果；文字疑点则为第一个文字核对结果 */
  kind::TEXT AS kind, /* 勾稽关系的种类；wording 文字疑点 */
  severity::TEXT AS severity, /* error 错误、warning 警告、info 提示 */
  (
    ROW_NUMBER() OVER (
      ORDER BY CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, ABS(COALESCE(gap_cny, 0)) DESC, finding_id
    )
  )::INT AS priority, /* 先看哪一个：先轻重，后金额 */
  review_status::TEXT AS review_status, /* open 待核、waived 已豁免 */
  verdict::TEXT AS verdict, /* mismatch 勾稽不符、implausible 尾差存疑、wording 文字存疑 */
  document_id::TEXT AS document_id, /* 文件编号 */
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  department_id::TEXT AS department_id, /* 部门编号 */
  department_name_zh::TEXT AS department_name_zh, /* 部门名称 */
  fiscal_year::INT AS fiscal_year, /* 年度 */
  statement_zh::TEXT AS statement_zh, /* 可据以行动的一句话 */
  lhs_value::DECIMAL(24, 6) AS lhs_value, /* 左边；文字疑点没有数 */
  rhs_value::DECIMAL(24, 6) AS rhs_value, /* 右边 */
  gap::DECIMAL(24, 6) AS gap, /* 差额：左边减右边 */
  value_unit::TEXT AS value_unit, /* 上列各数的单位：CNY 元、percent 百分数、point 分、day 日、count 个数 */
  lhs_cny::DECIMAL(20, 2) AS lhs_cny, /* 左边（元）；不是金额则为空 */
  rhs_cny::DECIMAL(20, 2) AS rhs_cny, /* 右边（元） */
  gap_cny::DECIMAL(20, 2) AS gap_cny, /* 差额（元） */
  (
    gap_cny / 10000
  )::DECIMAL(20, 6) AS gap_wan, /* 差额（万元） */
  tolerance_cny::DECIMAL(20, 2) AS tolerance_cny, /* 舍入所能解释的最大差额（元） */
  origin::TEXT AS origin, /* disclosure 披露存疑、reading 解析存疑 */
  page_number::INT AS page_number, /* 原件页码；工作簿为第几张可见工作表 */
  line_number::INT AS line_number, /* 没有版面的文件的行号：文本和网页为源文件行，工作簿为表内行，Word 为段落与表格行的序号 */
  member_count::INT AS member_count, /* 合并的核对结果个数 */
  evidence::TEXT AS evidence, /* 两边的单元格、所在文件、页码与所印数字，JSON */
  basis::TEXT AS basis /* 依据 */
FROM told