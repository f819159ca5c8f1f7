/* The terms of every identity: which stated values stand on which side, in which instance. The
selectors of the catalogue are regular expressions matched in full; an empty one selects all.
One row per identity result, term and stated value. */
MODEL (
  name conformed.identity_evidence,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain (identity_result_id, term_number, stated_value_id),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (identity_result_id, term_number, stated_value_id)),
    NOT_NULL(columns := (identity_result_id, stated_value_id, document_id, side, weight))
  )
);

WITH catalogue AS (
  SELECT
    identities.identity_id,
    identities.match_on,
    identities.valid_from_year,
    identities.valid_to_year,
    terms.term_number,
    terms.side,
    terms.form_code,
    terms.block,
    terms.line_pattern,
    terms.line_role,
    terms.label_pattern,
    terms.printed_pattern,
    terms.measure_code,
    terms.phase,
    terms.fund,
    terms.base,
    terms.source_kind,
    terms.document_kind,
    terms.reporting_scope,
    COALESCE(terms.relation, '') AS relation,
    COALESCE(terms.year_offset, 0) AS year_offset,
    terms.weight,
    terms.is_required
  FROM reference.identities AS identities
  JOIN reference.identity_terms AS terms
    ON terms.identity_id = identities.identity_id
), stated_values AS (
  /* What the patterns select by: few different ones among very many values. */
  SELECT
    *,
    {'form_code': form_code, 'block': block, 'line_code': line_code, 'line_label_zh': line_label_zh, 'measure_code': measure_code, 'phase': phase, 'fund': fund, 'base': base, 'source_kind': source_kind, 'document_kind': document_kind, 'reporting_scope': reporting_scope} AS place
  FROM conformed.fct_stated_value
  WHERE
    value_kind IN ('amount', 'ratio', 'count', 'score', 'date')
), places AS (
  SELECT DISTINCT
    place,
    place.form_code AS form_code,
    place.block AS block,
    place.line_code AS line_code,
    place.line_label_zh AS line_label_zh,
    place.measure_code AS measure_code,
    place.phase AS phase,
    place.fund AS fund,
    place.base AS base,
    place.source_kind AS source_kind,
    place.document_kind AS document_kind,
    place.reporting_scope AS reporting_scope
  FROM stated_values
), matched AS (
  SELECT
    catalogue.*,
    places.place
  FROM catalogue
  JOIN places
    ON places.form_code = catalogue.form_code
    AND (
      catalogue.block = '' OR places.block = catalogue.block
    )
    AND (
      catalogue.line_pattern = '' OR REGEXP_FULL_MATCH(places.line_code, catalogue.line_pattern)
    )
    AND (
      COALESCE(catalogue.label_pattern, '') = ''
      OR REGEXP_FULL_MATCH(places.line_label_zh, catalogue.label_pattern)
    )
    AND (
      catalogue.measure_code = '' OR REGEXP_FULL_MATCH(places.measure_code, catalogue.measure_code)
    )
    AND (
      catalogue.phase = '' OR REGEXP_FULL_MATCH(places.phase, catalogue.phase)
    )
    AND (
      catalogue.fund = '' OR REGEXP_FULL_MATCH(places.fund, catalogue.fund)
    )
    AND (
      COALESCE(catalogue.base, '') = '' OR REGEXP_FULL_MATCH(places.base, catalogue.base)
    )
    AND (
      catalogue.source_kind = '' OR places.source_kind = catalogue.source_kind
    )
    AND (
      catalogue.document_kind = '' OR REGEXP_FULL_MATCH(places.document_kind, catalogue.document_kind)
    )
    AND (
      COALESCE(catalogue.reporting_scope, '') = ''
      OR REGEXP_FULL_MATCH(places.reporting_scope, catalogue.reporting_scope)
    )
), selected AS (
  SELECT
    matched.*
    EXCLUDE (place),
    stated.stated_value_id,
    COALESCE(hosts.disclosure_id, stated.disclosure_id) AS disclosure_id,
    COALESCE(hosts.document_id, stated.document_id) AS document_id,
    stated.disclosure_id AS stated_in_disclosure_id,
    stated.value,
    stated.unit,
    stated.half_unit,
    COALESCE(
      CASE
        WHEN CONTAINS(matched.match_on, 'line')
        THEN CASE matched.line_role WHEN 'child' THEN stated.parent_line_code ELSE stated.line_code END
        WHEN CONTAINS(matched.match_on, 'functional_code')
        THEN stated.functional_code
        WHEN CONTAINS(matched.match_on, 'functional_class')
        THEN SUBSTRING(stated.functional_code, 1, 3)
      END,
      ''
    ) AS line_part,
    CASE WHEN CONTAINS(matched.match_on, 'project') THEN '|' || stated.project_id ELSE '' END AS project_part,
    CASE WHEN CONTAINS(matched.match_on, 'measure') THEN '|' || stated.measure_code ELSE '' END || CASE WHEN CONTAINS(matched.match_on, 'phase') THEN '|' || stated.phase ELSE '' END || CASE WHEN CONTAINS(matched.match_on, 'fund') THEN '|' || COALESCE(stated.fund, '') ELSE '' END || CASE WHEN CONTAINS(matched.match_on, 'base') THEN '|' || COALESCE(stated.base, '') ELSE '' END AS respect_part,
    CASE WHEN CONTAINS(matched.match_on, 'item') THEN '|' || stated.item_code ELSE '' END || CASE
      WHEN CONTAINS(matched.match_on, 'row')
      THEN '|' || stated.table_number || '-' || stated.row_number
      ELSE ''
    END AS place_part
  FROM matched
  JOIN stated_values AS stated
    ON stated.place = matched.place
    AND (
      COALESCE(matched.printed_pattern, '') = ''
      OR REGEXP_FULL_MATCH(stated.printed, matched.printed_pattern)
    )
    AND stated.fiscal_year - matched.year_offset >= matched.valid_from_year
    AND stated.fiscal_year - matched.year_offset <= COALESCE(matched.valid_to_year, 9999)
    AND NOT (
      matched.line_role = 'child' AND stated.parent_line_code IS NULL
    )
    AND NOT (
      CONTAINS(matched.match_on, 'functional_') AND stated.functional_code IS NULL
    )
    AND NOT (
      CONTAINS(matched.match_on, 'project') AND stated.project_id IS NULL
    )
    AND NOT (
      CONTAINS(matched.match_on, 'item') AND stated.item_code IS NULL
    )
  LEFT JOIN conformed.related_disclosures AS hosts
    ON hosts.relation = matched.relation
    AND hosts.years_before = -matched.year_offset
    AND hosts.related_disclosure_id = stated.disclosure_id /* What another disclosure states is held against these accounts. */
  WHERE
    (
      matched.relation = '' OR NOT hosts.disclosure_id IS NULL
    )
    AND CASE matched.line_role
      WHEN 'repeated'
      THEN stated.is_current AND stated.statement_number > 1
      ELSE stated.is_preferred
    END
), keyed AS (
  SELECT
    selected.*,
    TRIM(line_part || respect_part || project_part || place_part, '|') AS match_key,
    NULLIF(TRIM(line_part || project_part, '|'), '') AS scope_line_code,
    CASE line_role WHEN 'repeated' THEN '|' || stated_value_id ELSE '' END AS repetition
  FROM selected
), repeating AS (
  SELECT DISTINCT
    identity_id
  FROM reference.identity_terms
  WHERE
    line_role = 'repeated'
), own AS (
  /* The terms that make an instance; every repetition of a figure is one of its own. */
  SELECT
    keyed.*,
    keyed.match_key || keyed.repetition AS scope
  FROM keyed
  LEFT JOIN repeating
    ON repeating.identity_id = keyed.identity_id
  WHERE
    keyed.line_role = 'repeated' OR (
      keyed.line_role <> 'whole' AND repeating.identity_id IS NULL
    )
), instances AS (
  SELECT DISTINCT
    identity_id,
    disclosure_id,
    project_part,
    match_key,
    scope,
    scope_line_code
  FROM own
), placed AS (
  SELECT
    own.*
  FROM own
  UNION ALL
  /* A term with line_role whole is one value of the disclosure, or of the project, that every
  instance is held against. */
  SELECT
    keyed.*
    REPLACE (instances.scope_line_code AS scope_line_code),
    instances.scope
  FROM keyed
  JOIN instances
    ON instances.identity_id = keyed.identity_id
    AND instances.disclosure_id = keyed.disclosure_id
    AND instances.project_part = keyed.project_part
  WHERE
    keyed.line_role = 'whole'
  UNION ALL
  /* What is repeated is held against its first statement. */
  SELECT
    keyed.*,
    instances.scope
  FROM keyed
  JOIN repeating
    ON repeating.identity_id = keyed.identity_id
  JOIN instances
    ON instances.identity_id = keyed.identity_id
    AND instances.disclosure_id = keyed.disclosure_id
    AND instances.match_key = keyed.match_key
  WHERE
    NOT keyed.line_role IN ('whole', 'repeated')
)
SELECT
  'result-' || SUBSTRING(MD5(CONCAT_WS('|', identity_id, disclosure_id, scope)), 1, 20)::TEXT AS identity_result_id, /* 核对结果编号 */
  identity_id::TEXT AS identity_id, /* 勾稽关系 */
  disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  document_id::TEXT AS document_id, /* 文件编号 */
  stated_in_disclosure_id::TEXT AS stated_in_disclosure_id, /* 陈述该值的公开：本身，或上年、预算、本级与单位的公开 */
  scope::TEXT AS scope, /* 范围：行、栏目、阶段或资金 */
  scope_line_code::TEXT AS scope_line_code, /* 范围所在的行、科目或项目 */
  term_number::INT AS term_number, /* 第几项 */
  side::TEXT AS side, /* lhs 左边、rhs 右边、numerator 分子、denominator 分母 */
  stated_value_id::TEXT AS stated_value_id, /* 陈述值编号 */
  weight::DECIMAL(9, 4) AS weight, /* 权数 */
  value::DECIMAL(24, 6) AS value, /* 数值；金额以元计 */
  unit::TEXT AS unit, /* 数值的单位 */
  half_unit::DECIMAL(24, 6) AS half_unit, /* 末位的一半 */
  is_required::BOOLEAN AS is_required /* 缺了就无法核对 */
FROM placed