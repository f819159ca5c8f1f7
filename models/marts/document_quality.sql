/* How much of a document was understood: the figures of its forms by place or by the one reason why
they have none, the forms it holds, and the share of the identities that could be evaluated.
One row per document that was read. */
MODEL (
  name marts.document_quality,
  kind FULL,
  grain document_id,
  audits (UNIQUE_VALUES(columns := (
      document_id
  )), NOT_NULL(columns := (document_id, status)))
);

WITH tokens AS (
  SELECT
    document_id,
    COUNT(*) AS token_count,
    COUNT(*) FILTER(WHERE
      unplaced_reason IS NULL) AS placed_count,
    COUNT(*) FILTER(WHERE
      unplaced_reason = 'unmapped_label') AS unmapped_label_count,
    COUNT(*) FILTER(WHERE
      unplaced_reason = 'unmapped_column') AS unmapped_column_count,
    COUNT(*) FILTER(WHERE
      unplaced_reason = 'not_a_number') AS not_a_number_count,
    COUNT(*) FILTER(WHERE
      unplaced_reason = 'unit_missing') AS unit_missing_count,
    COUNT(*) FILTER(WHERE
      unplaced_reason = 'readings_tied') AS readings_tied_count,
    COUNT(*) FILTER(WHERE
      unplaced_reason = 'free_text') AS free_text_count
  FROM conformed.cell_placements
  WHERE
    REGEXP_MATCHES(printed, '[0-9０-９]') AND COALESCE(value_kind, 'amount') <> 'text'
  GROUP BY
    document_id
), unmapped AS (
  SELECT
    document_id,
    COUNT(*) AS unmapped_label_count
  FROM conformed.unmapped_labels
  GROUP BY
    document_id
), unknown AS (
  SELECT
    document_id,
    SUM(figure_count) AS figure_count,
    LISTAGG(title_zh, '；'
    ORDER BY
      table_number) AS titles_zh
  FROM conformed.unknown_tables
  GROUP BY
    document_id
), printed_forms AS (
  SELECT
    document_id,
    LISTAGG(DISTINCT form_code, ','
    ORDER BY
      form_code) AS forms_present,
    LISTAGG(
      DISTINCT CASE WHEN NOT empty_note_cell_id IS NULL THEN form_code END, ','
      ORDER BY
        CASE WHEN NOT empty_note_cell_id IS NULL THEN form_code END
    ) AS forms_empty
  FROM staging.form_tables
  GROUP BY
    document_id
), missing_forms AS (
  SELECT
    documents.document_id,
    LISTAGG(forms.form_code, ','
    ORDER BY
      forms.form_number) AS forms_not_in_file
  FROM raw.documents AS documents
  JOIN reference.forms AS forms
    ON forms.is_statutory AND forms.valid_from_year <= documents.fiscal_year
  LEFT JOIN (
    SELECT DISTINCT
      document_id,
      form_code
    FROM staging.form_tables
  ) AS present
    ON present.document_id = documents.document_id AND present.form_code = forms.form_code
  WHERE
    present.form_code IS NULL AND documents.document_kind = 'final_accounts'
  GROUP BY
    documents.document_id
), identities AS (
  SELECT
    document_id,
    COUNT(*) FILTER(WHERE
      COALESCE(not_evaluable_reason, '') <> 'form_not_in_file') AS identity_count,
    COUNT(*) FILTER(WHERE
      verdict <> 'not_evaluable') AS evaluated_count
  FROM conformed.fct_identity_result
  GROUP BY
    document_id
), missing_columns AS (
  SELECT
    document_id,
    COUNT(*) FILTER(WHERE
      is_lost) AS lost_count,
    LISTAGG(DISTINCT form_zh || '：' || measure_label_zh, '；'
    ORDER BY
      form_zh || '：' || measure_label_zh) AS columns_not_read
  FROM marts.columns_not_read
  GROUP BY
    document_id
), scanned AS (
  SELECT
    document_id,
    COUNT(*) AS form_count,
    MIN(lowest_confidence) AS lowest_confidence,
    COUNT(*) FILTER(WHERE
      NOT is_reconciled) AS unreconciled_count,
    LISTAGG(CASE WHEN NOT is_reconciled THEN form_name_zh END, '、'
    ORDER BY
      form_code) AS unreconciled_zh
  FROM conformed.scanned_forms
  GROUP BY
    document_id
), beside AS (
  SELECT
    document_id,
    COUNT(DISTINCT form_code) AS form_count,
    LISTAGG(DISTINCT form_name_zh, '、'
    ORDER BY
      form_name_zh) AS forms_zh
  FROM conformed.text_beside_forms
  GROUP BY
    document_id
), stated_twice AS (
  SELECT
    document_id,
    COUNT(*) AS form_count,
    LISTAGG(form_name_zh || '（' || places_zh || '）', '；'
    ORDER BY
      form_code) AS forms_zh
  FROM conformed.forms_stated_twice
  GROUP BY
    document_id
), narrative AS (
  /* A year, an ordinal or the number of a law states nothing; every other unplaced figure counts. */
  SELECT
    document_id,
    COUNT(*) AS figure_count,
    COUNT(*) FILTER(WHERE
      unplaced_reason IS NULL) AS placed_count,
    COUNT(*) FILTER(WHERE
      unplaced_reason IN ('date_or_year', 'legal_reference', 'ordinal', 'threshold', 'personal')) AS excused_count
  FROM (
    SELECT
      document_id,
      figure_id,
      unplaced_reason
    FROM conformed.narrative_statements
    UNION ALL
    SELECT
      phrases.document_id,
      phrases.figure_id,
      phrases.unplaced_reason
    FROM conformed.phrase_statements AS phrases
    JOIN raw.documents AS documents
      ON documents.document_id = phrases.document_id AND documents.document_kind = 'budget'
  ) AS statements
  WHERE
    NOT figure_id IS NULL
  GROUP BY
    document_id
)
SELECT
  documents.document_id::TEXT AS document_id, /* 文件编号 */
  documents.file_name::TEXT AS file_name, /* 文件名 */
  documents.status::TEXT AS status, /* 状态 */
  documents.status_reason::TEXT AS status_reason, /* 状态的原因 */
  documents.department_name_zh::TEXT AS department_name_zh, /* 文件自述的部门名称 */
  documents.fiscal_year::INT AS fiscal_year, /* 文件自述的年度 */
  (
    NOT documents.department_name_zh IS NULL AND NOT documents.fiscal_year IS NULL
  )::BOOLEAN AS is_assigned, /* 部门与年度是否已认定 */
  COALESCE(tokens.token_count, 0)::BIGINT AS forms_token_count, /* 报表中的数字个数 */
  COALESCE(tokens.placed_count, 0)::BIGINT AS forms_placed_count, /* 已落位的数字个数 */
  COALESCE(tokens.unmapped_label_count, 0)::BIGINT AS unplaced_unmapped_label_count, /* 因行标签对不上而未落位 */
  COALESCE(tokens.unmapped_column_count, 0)::BIGINT AS unplaced_unmapped_column_count, /* 因列标题对不上而未落位 */
  COALESCE(tokens.not_a_number_count, 0)::BIGINT AS unplaced_not_a_number_count, /* 不是数字 */
  COALESCE(tokens.unit_missing_count, 0)::BIGINT AS unplaced_unit_missing_count, /* 没有金额单位 */
  COALESCE(tokens.readings_tied_count, 0)::BIGINT AS unplaced_readings_tied_count, /* 几种读法都合勾稽、不能断定其一 */
  COALESCE(tokens.free_text_count, 0)::BIGINT AS unplaced_free_text_count, /* 自评报告自由文字中的数字 */
  (
    tokens.placed_count / NULLIF(tokens.token_count - tokens.free_text_count, 0)
  )::DECIMAL(9, 6) AS forms_coverage, /* 报表数字的落位率，0 至 1；自由文字中的数字不计 */
  COALESCE(unknown.figure_count, 0)::BIGINT AS unknown_table_figure_count, /* 不认识的表中的数字个数，不计入落位率 */
  unknown.titles_zh::TEXT AS unknown_tables_zh, /* 含有数字而不认识的表 */
  COALESCE(narrative.figure_count, 0)::BIGINT AS narrative_figure_count, /* 情况说明中的数字个数 */
  COALESCE(narrative.placed_count, 0)::BIGINT AS narrative_placed_count, /* 其中已落位的 */
  COALESCE(narrative.excused_count, 0)::BIGINT AS narrative_excused_count, /* 其中不是陈述的：年份、日期、序号、界限、法规文号、个人信息 */
  COALESCE(narrative.figure_count - narrative.placed_count - narrative.excused_count, 0)::BIGINT AS narrative_unplaced_count, /* 其中没有读懂的，原因见 narrative_statements */
  (
    narrative.placed_count / NULLIF(narrative.figure_count - narrative.excused_count, 0)
  )::DECIMAL(9, 6) AS narrative_coverage, /* 情况说明数字的落位率，0 至 1 */
  COALESCE(unmapped.unmapped_label_count, 0)::BIGINT AS unmapped_label_count, /* 对不上的标签个数 */
  printed_forms.forms_present::TEXT AS forms_present, /* 文件内的报表 */
  printed_forms.forms_empty::TEXT AS forms_empty, /* 其中说明为空表的 */
  missing_forms.forms_not_in_file::TEXT AS forms_not_in_file, /* 不在文件内的法定报表，待核原件 */
  missing_columns.columns_not_read::TEXT AS columns_not_read, /* 表式应有而没有读到的栏目 */
  COALESCE(missing_columns.lost_count, 0)::BIGINT AS lost_column_count, /* 其中疑为读丢的个数：跨栏合计不成立或无从核对 */
  COALESCE(identities.identity_count, 0)::BIGINT AS identity_count, /* 报表齐备的勾稽关系个数 */
  COALESCE(identities.evaluated_count, 0)::BIGINT AS evaluated_identity_count, /* 其中已核对的个数 */
  (
    identities.evaluated_count / NULLIF(identities.identity_count, 0)
  )::DECIMAL(9, 6) AS evaluable_share, /* 可核对的比例，0 至 1 */
  COALESCE(scanned.form_count, 0)::BIGINT AS scanned_form_count, /* 由扫描图像识别的报表个数 */
  scanned.lowest_confidence::DOUBLE AS lowest_confidence, /* 识别置信度的最低值，0 至 1；没有扫描的报表则为空 */
  COALESCE(scanned.unreconciled_count, 0)::BIGINT AS scanned_form_unreconciled_count, /* 其中表内合计不符或无从核对的个数 */
  scanned.unreconciled_zh::TEXT AS scanned_forms_unreconciled_zh, /* 表内合计不符或无从核对的扫描报表 */
  COALESCE(beside.form_count, 0)::BIGINT AS forms_with_text_beside_count, /* 表格外侧另有与各行齐平的文字（可能整列没有读入）的报表个数 */
  beside.forms_zh::TEXT AS forms_with_text_beside_zh, /* 表格外侧另有与各行齐平的文字的报表 */
  COALESCE(stated_twice.form_count, 0)::BIGINT AS forms_stated_twice_count, /* 出现不止一次而数字不同（可能是多个单位的）的报表个数 */
  stated_twice.forms_zh::TEXT AS forms_stated_twice_zh /* 出现不止一次而数字不同的报表及其所在的页或行 */
FROM raw.documents AS documents
LEFT JOIN tokens
  ON tokens.document_id = documents.document_id
LEFT JOIN unmapped
  ON unmapped.document_id = documents.document_id
LEFT JOIN unknown
  ON unknown.document_id = documents.document_id
LEFT JOIN printed_forms
  ON printed_forms.document_id = documents.document_id
LEFT JOIN missing_forms
  ON missing_forms.document_id = documents.document_id
LEFT JOIN identities
  ON identities.document_id = documents.document_id
LEFT JOIN missing_columns
  ON missing_columns.document_id = documents.document_id
LEFT JOIN scanned
  ON scanned.document_id = documents.document_id
LEFT JOIN beside
  ON beside.document_id = documents.document_id
LEFT JOIN stated_twice
  ON stated_twice.document_id = documents.document_id
LEFT JOIN narrative
  ON narrative.document_id = documents.document_id
WHERE
  documents.status <> 'rejected'