/* The verdict of every identity on every disclosure. A figure printed to a last place u stands for
v ± u/2, so a gap is a mismatch only when it exceeds the half units of all stated terms together
(XBRL Calculations 1.1); inside that, a gap that independent roundings give less than once in a
thousand (3.29 standard deviations) is implausible. A stated zero and a blank add no uncertainty.
Ratios carry the intervals of numerator and denominator through, and their own last place.
One row per identity, disclosure and scope. */
MODEL (
  name conformed.fct_identity_result,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain identity_result_id,
  audits (
    UNIQUE_VALUES(columns := (
      identity_result_id
    )),
    NOT_NULL(columns := (identity_result_id, identity_id, disclosure_id, document_id, verdict)),
    ACCEPTED_VALUES("column" := verdict, is_in := ('exact', 'rounding', 'implausible', 'mismatch', 'not_evaluable'))
  )
);

WITH disclosures AS (
  SELECT
    *
  FROM conformed.dim_disclosure
  WHERE
    is_current
), forms_in_file AS (
  SELECT DISTINCT
    files.disclosure_id,
    forms.form_code
  FROM (
    SELECT
      document_id,
      form_code
    FROM staging.form_tables
    UNION
    SELECT
      document_id,
      'narrative' AS form_code
    FROM conformed.narrative_statements
    WHERE
      unplaced_reason IS NULL
    UNION
    SELECT
      document_id,
      'narrative' AS form_code
    FROM conformed.phrase_statements
    WHERE
      unplaced_reason IS NULL
  ) AS forms
  JOIN conformed.bridge_disclosure_document AS files
    ON files.document_id = forms.document_id
), needed_forms AS (
  SELECT DISTINCT
    identity_id,
    form_code,
    COALESCE(document_kind, '') AS document_kind,
    COALESCE(reporting_scope, '') AS reporting_scope
  FROM reference.identity_terms
  WHERE
    is_required AND COALESCE(relation, '') = ''
), candidates AS (
  /* Every identity of the year on every disclosure of a kind and scope that its terms name, and
  whether its forms are in the file. */
  SELECT
    identities.identity_id,
    COALESCE(NULLIF(identities.alternative_to, ''), identities.identity_id) AS alternatives_id,
    identities.kind,
    identities.comparator,
    identities.match_on,
    identities.severity,
    identities.scale,
    identities.constant,
    disclosures.disclosure_id,
    disclosures.document_id,
    disclosures.department_id,
    disclosures.fiscal_year,
    COUNT(*) = COUNT(forms_in_file.form_code) AS has_forms
  FROM reference.identities AS identities
  JOIN needed_forms
    ON needed_forms.identity_id = identities.identity_id
  JOIN disclosures
    ON (
      needed_forms.document_kind = ''
      OR REGEXP_FULL_MATCH(disclosures.document_kind, needed_forms.document_kind)
    )
    AND (
      needed_forms.reporting_scope = ''
      OR REGEXP_FULL_MATCH(disclosures.reporting_scope, needed_forms.reporting_scope)
    )
  LEFT JOIN forms_in_file
    ON forms_in_file.disclosure_id = disclosures.disclosure_id
    AND forms_in_file.form_code = needed_forms.form_code
  WHERE
    NOT (
      CONTAINS(identities.match_on, 'department_year') AND disclosures.document_kind <> 'final_accounts'
    ) /* What two documents say of one year is a result of the final accounts. */
    AND disclosures.fiscal_year >= identities.valid_from_year
    AND disclosures.fiscal_year <= COALESCE(identities.valid_to_year, 9999)
  GROUP BY
    identities.identity_id,
    identities.alternative_to,
    identities.kind,
    identities.comparator,
    identities.match_on,
    identities.severity,
    identities.scale,
    identities.constant,
    disclosures.disclosure_id,
    disclosures.document_id,
    disclosures.department_id,
    disclosures.fiscal_year
), stated_blocks AS (
  /* A term that names no block looks for the block ''. */
  SELECT
    disclosure_id,
    form_code,
    block
  FROM conformed.fct_stated_value
  UNION
  SELECT
    disclosure_id,
    form_code,
    '' AS block
  FROM conformed.fct_stated_value
), expected_terms AS (
  /* Who has to state a required term: '' is the disclosure itself, else each that it is held against. */
  SELECT
    candidates.identity_id,
    candidates.disclosure_id,
    terms.term_number,
    terms.is_closed_list,
    FALSE AS is_of_others,
    '' AS stated_in_disclosure_id
  FROM candidates
  JOIN reference.identity_terms AS terms
    ON terms.identity_id = candidates.identity_id AND terms.is_required AND COALESCE(terms.relation, '') = ''
  UNION ALL
  SELECT
    candidates.identity_id,
    candidates.disclosure_id,
    terms.term_number,
    terms.is_closed_list,
    TRUE AS is_of_others,
    related.related_disclosure_id AS stated_in_disclosure_id
  FROM candidates
  JOIN reference.identity_terms AS terms
    ON terms.identity_id = candidates.identity_id
    AND terms.is_required
    AND COALESCE(terms.relation, '') <> ''
  LEFT JOIN conformed.related_disclosures AS related
    ON related.disclosure_id = candidates.disclosure_id
    AND related.relation = terms.relation
    AND related.years_before = -COALESCE(terms.year_offset, 0)
), stated_terms AS (
  SELECT
    identity_id,
    disclosure_id,
    scope,
    term_number,
    stated_in_disclosure_id
  FROM conformed.identity_evidence
  UNION
  SELECT
    identity_id,
    disclosure_id,
    scope,
    term_number,
    '' AS stated_in_disclosure_id
  FROM conformed.identity_evidence
), terms_stated_somewhere AS (
  SELECT DISTINCT
    identity_id,
    disclosure_id,
    term_number,
    stated_in_disclosure_id
  FROM stated_terms
), unstated_terms AS (
  /* What is stated nowhere in a disclosure: its form, column or block is not in the file. A line that
  another disclosure lacks amounts to nothing, but not if that is so of all its lines. */
  SELECT DISTINCT
    expected_terms.identity_id,
    expected_terms.disclosure_id
  FROM expected_terms
  LEFT JOIN terms_stated_somewhere AS stated
    ON stated.identity_id = expected_terms.identity_id
    AND stated.disclosure_id = expected_terms.disclosure_id
    AND stated.term_number = expected_terms.term_number
    AND stated.stated_in_disclosure_id = expected_terms.stated_in_disclosure_id
  WHERE
    stated.identity_id IS NULL AND (
      expected_terms.is_of_others OR NOT expected_terms.is_closed_list
    )
  UNION
  /* A closed list of which nothing at all was read lacks its column, not its lines. */
  SELECT
    candidates.identity_id,
    candidates.disclosure_id
  FROM candidates
  JOIN reference.identity_terms AS terms
    ON terms.identity_id = candidates.identity_id
    AND terms.is_closed_list
    AND terms.is_required
    AND COALESCE(terms.relation, '') = ''
  LEFT JOIN stated_blocks
    ON stated_blocks.disclosure_id = candidates.disclosure_id
    AND stated_blocks.form_code = terms.form_code
    AND stated_blocks.block = COALESCE(terms.block, '')
  WHERE
    stated_blocks.disclosure_id IS NULL
), instances AS (
  /* Wherever a term is stated there is an instance; a hierarchy needs a child, and what prose need
  not say (a restatement, a ratio) must be said. */
  SELECT
    evidence.identity_id,
    evidence.disclosure_id,
    evidence.scope,
    MIN(evidence.scope_line_code) AS scope_line_code
  FROM conformed.identity_evidence AS evidence
  JOIN reference.identities AS identities
    ON identities.identity_id = evidence.identity_id
  LEFT JOIN unstated_terms
    ON unstated_terms.identity_id = evidence.identity_id
    AND unstated_terms.disclosure_id = evidence.disclosure_id
  WHERE
    identities.match_on <> 'disclosure' AND unstated_terms.identity_id IS NULL
  GROUP BY
    evidence.identity_id,
    evidence.disclosure_id,
    evidence.scope,
    identities.kind
  HAVING
    (
      identities.kind <> 'hierarchy' OR MAX(CASE evidence.side WHEN 'rhs' THEN 1 ELSE 0 END) = 1
    )
    AND (
      NOT identities.kind IN ('restated', 'ratio')
      OR MAX(CASE evidence.side WHEN 'lhs' THEN 1 ELSE 0 END) = 1
    )
), scoped AS (
  SELECT
    candidates.*,
    COALESCE(instances.scope, '') AS scope,
    instances.scope_line_code
  FROM candidates
  LEFT JOIN instances
    ON instances.identity_id = candidates.identity_id AND instances.disclosure_id = candidates.disclosure_id
  WHERE
    candidates.match_on = 'disclosure' OR NOT candidates.has_forms OR NOT instances.identity_id IS NULL
), missing_terms AS (
  /* A total that is not stated; a line missing from a closed list amounts to nothing instead. */
  SELECT DISTINCT
    scoped.identity_id,
    scoped.disclosure_id,
    scoped.scope
  FROM scoped
  JOIN expected_terms
    ON expected_terms.identity_id = scoped.identity_id
    AND expected_terms.disclosure_id = scoped.disclosure_id
    AND NOT expected_terms.is_closed_list
  LEFT JOIN stated_terms AS stated
    ON stated.identity_id = scoped.identity_id
    AND stated.disclosure_id = scoped.disclosure_id
    AND stated.scope = scoped.scope
    AND stated.term_number = expected_terms.term_number
    AND stated.stated_in_disclosure_id = expected_terms.stated_in_disclosure_id
  WHERE
    stated.identity_id IS NULL
), closed_sides AS (
  SELECT
    identity_id,
    BOOL_OR(CAST(is_closed_list AND side = 'lhs' AS BOOLEAN)) AS is_lhs_closed,
    BOOL_OR(CAST(is_closed_list AND side = 'rhs' AS BOOLEAN)) AS is_rhs_closed
  FROM reference.identity_terms
  GROUP BY
    identity_id
), sums AS (
  SELECT
    scoped.*,
    COUNT(evidence.stated_value_id) AS term_count,
    COALESCE(
      MIN(CASE evidence.side WHEN 'lhs' THEN evidence.document_id END),
      MIN(evidence.document_id),
      MIN(scoped.document_id)
    ) AS stated_in_document_id,
    MAX(CASE WHEN evidence.side = 'lhs' AND evidence.weight <> 0 THEN evidence.unit END) AS lhs_unit,
    MAX(evidence.unit) AS any_unit,
    COALESCE(SUM(CASE evidence.side WHEN 'lhs' THEN evidence.weight * evidence.value END), 0) AS lhs_sum,
    COALESCE(SUM(CASE evidence.side WHEN 'rhs' THEN evidence.weight * evidence.value END), 0) + COALESCE(MAX(scoped.constant), 0) AS rhs_sum,
    COALESCE(SUM(CASE evidence.side WHEN 'numerator' THEN evidence.weight * evidence.value END), 0) AS numerator,
    SUM(CASE evidence.side WHEN 'denominator' THEN evidence.weight * evidence.value END) AS denominator,
    COALESCE(MAX(CASE evidence.side WHEN 'scale' THEN evidence.value END), MAX(scoped.scale)) AS factor,
    COUNT(*) FILTER(WHERE
      evidence.side = 'unless') > 0 AS is_excused,
    COALESCE(
      SUM(CASE WHEN evidence.side IN ('lhs', 'rhs') THEN ABS(evidence.weight) * evidence.half_unit END) FILTER(WHERE
        evidence.value <> 0 OR evidence.unit = 'percent'),
      0
    ) AS half_sum,
    COALESCE(SUM(CASE evidence.side WHEN 'numerator' THEN ABS(evidence.weight) * evidence.half_unit END), 0) AS half_numerator,
    COALESCE(SUM(CASE evidence.side WHEN 'denominator' THEN ABS(evidence.weight) * evidence.half_unit END), 0) AS half_denominator,
    COALESCE(
      SUM(CASE WHEN evidence.value = 0 THEN 0 ELSE POWER(evidence.weight * evidence.half_unit, 2) / 3 END),
      0
    ) AS variance,
    COUNT(*) FILTER(WHERE
      evidence.side = 'lhs') > 0 OR MAX(closed_sides.is_lhs_closed) AS has_lhs,
    COUNT(*) FILTER(WHERE
      evidence.side IN ('rhs', 'numerator')) > 0
    OR MAX(closed_sides.is_rhs_closed)
    OR MAX(NOT scoped.constant IS NULL) AS has_rhs
  FROM scoped
  JOIN closed_sides
    ON closed_sides.identity_id = scoped.identity_id
  LEFT JOIN conformed.identity_evidence AS evidence
    ON evidence.identity_id = scoped.identity_id
    AND evidence.disclosure_id = scoped.disclosure_id
    AND evidence.scope = scoped.scope
  GROUP BY ALL
), compared AS (
  /* A ratio is compared by cross-multiplication: lhs × denominator against scale × numerator. */
  SELECT
    sums.*,
    CASE WHEN denominator IS NULL THEN lhs_sum - rhs_sum ELSE lhs_sum * denominator - factor * numerator END AS difference,
    CASE
      WHEN denominator IS NULL
      THEN half_sum
      ELSE half_sum * ABS(denominator) + ABS(lhs_sum) * half_denominator + factor * half_numerator
    END AS difference_tolerance,
    COALESCE(NULLIF(ABS(denominator), 0), 1) AS unit_of_difference
  FROM sums
), judged AS (
  SELECT
    compared.*,
    lhs_sum AS lhs_value,
    lhs_sum - difference / (
      unit_of_difference * SIGN(COALESCE(denominator, 1))
    ) AS rhs_value,
    difference / (
      unit_of_difference * SIGN(COALESCE(denominator, 1))
    ) AS gap,
    difference_tolerance / unit_of_difference AS tolerance,
    CASE
      WHEN NOT compared.has_forms
      THEN 'form_not_in_file'
      WHEN NOT missing_terms.identity_id IS NULL OR NOT compared.has_lhs OR NOT compared.has_rhs
      THEN 'value_not_stated'
      WHEN compared.denominator = 0
      THEN 'zero_base'
    END AS not_evaluable_reason,
    CASE compared.comparator
      WHEN 'eq'
      THEN ABS(compared.difference)
      WHEN 'le'
      THEN GREATEST(compared.difference, 0)
      WHEN 'ge'
      THEN GREATEST(-compared.difference, 0)
      WHEN 'implies'
      THEN CASE WHEN compared.lhs_sum <> 0 AND compared.rhs_sum = 0 THEN ABS(compared.lhs_sum) ELSE 0 END
      WHEN 'iff'
      THEN CASE
        WHEN (
          compared.lhs_sum = 0
        ) = (
          compared.rhs_sum = 0
        )
        THEN 0
        ELSE ABS(compared.difference)
      END
    END AS breach /* How far the relation is broken, whichever way it may lean. */
  FROM compared
  LEFT JOIN missing_terms
    ON missing_terms.identity_id = compared.identity_id
    AND missing_terms.disclosure_id = compared.disclosure_id
    AND missing_terms.scope = compared.scope
  WHERE
    NOT compared.is_excused
    AND (
      NOT compared.kind IN ('cross_year', 'cross_document', 'consolidation')
      OR (
        compared.has_forms AND compared.has_lhs AND compared.has_rhs AND missing_terms.identity_id IS NULL
      )
    ) /* Without the other accounts, or the line in them, there is nothing to compare. */
    AND (
      NOT compared.has_forms
      OR (
        compared.term_count > 0 AND (
          NOT compared.kind IN ('restated', 'ratio') OR compared.has_lhs
        )
      )
    )
), verdicts AS (
  SELECT
    judged.*,
    'result-' || SUBSTRING(MD5(CONCAT_WS('|', identity_id, disclosure_id, scope)), 1, 20) AS identity_result_id,
    COALESCE(lhs_unit, any_unit, CASE WHEN term_count > 0 THEN 'count' ELSE 'CNY' END) AS value_unit, /* Only counts have no unit. */
    CASE
      WHEN NOT not_evaluable_reason IS NULL
      THEN 'not_evaluable'
      WHEN breach = 0
      THEN 'exact'
      WHEN comparator IN ('iff', 'implies') OR breach > difference_tolerance
      THEN 'mismatch'
      WHEN denominator IS NULL AND comparator = 'eq' AND POWER(breach, 2) > 3.29 * 3.29 * variance
      THEN 'implausible'
      ELSE 'rounding'
    END AS verdict
  FROM judged
), alternatives AS (
  SELECT
    COALESCE(NULLIF(alternative_to, ''), identity_id) AS alternatives_id,
    COUNT(*) AS alternative_count
  FROM reference.identities
  GROUP BY
    COALESCE(NULLIF(alternative_to, ''), identity_id)
), chosen AS (
  /* Of identities that are alternatives to each other the one that holds, or comes nearest, speaks for
  all; that none holds can be said only where every one of them was evaluated. */
  SELECT
    verdicts.*
  FROM verdicts
  JOIN alternatives
    ON alternatives.alternatives_id = verdicts.alternatives_id
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY verdicts.alternatives_id, verdicts.disclosure_id, verdicts.scope
      ORDER BY CASE verdicts.verdict
        WHEN 'exact'
        THEN 1
        WHEN 'rounding'
        THEN 2
        WHEN 'implausible'
        THEN 3
        WHEN 'mismatch'
        THEN 4
        ELSE 5
      END, verdicts.breach, CASE WHEN verdicts.identity_id = verdicts.alternatives_id THEN 1 ELSE 2 END, verdicts.identity_id
    ) = 1
    AND (
      verdicts.verdict IN ('exact', 'rounding')
      OR COUNT(*) OVER (PARTITION BY verdicts.alternatives_id, verdicts.disclosure_id, verdicts.scope) = alternatives.alternative_count
    )
)
SELECT
  chosen.identity_result_id::TEXT AS identity_result_id, /* 核对结果编号 */
  chosen.identity_id::TEXT AS identity_id, /* 勾稽关系 */
  chosen.disclosure_id::TEXT AS disclosure_id, /* 公开编号 */
  chosen.stated_in_document_id::TEXT AS document_id, /* 文件编号：左边所在的文件 */
  chosen.department_id::TEXT AS department_id, /* 部门编号 */
  chosen.fiscal_year::INT AS fiscal_year, /* 年度 */
  chosen.scope::TEXT AS scope, /* 范围：行、栏目、阶段或资金 */
  chosen.scope_line_code::TEXT AS scope_line_code, /* 范围所在的行或科目 */
  CASE WHEN chosen.verdict <> 'not_evaluable' THEN chosen.lhs_value END::DECIMAL(24, 6) AS lhs_value, /* 左边 */
  CASE WHEN chosen.verdict <> 'not_evaluable' THEN chosen.rhs_value END::DECIMAL(24, 6) AS rhs_value, /* 右边 */
  CASE WHEN chosen.verdict <> 'not_evaluable' THEN chosen.gap END::DECIMAL(24, 6) AS gap, /* 左边减右边 */
  CASE WHEN chosen.verdict <> 'not_evaluable' THEN chosen.tolerance END::DECIMAL(24, 6) AS tolerance, /* 舍入所能解释的最大差额 */
  chosen.value_unit::TEXT AS value_unit, /* 数值的单位：CNY 元、percent 百分数、point 分、day 日、count 个数 */
  CASE WHEN chosen.verdict <> 'not_evaluable' AND chosen.value_unit = 'CNY' THEN chosen.lhs_value END::DECIMAL(20, 2) AS lhs_cny, /* 左边（元） */
  CASE WHEN chosen.verdict <> 'not_evaluable' AND chosen.value_unit = 'CNY' THEN chosen.rhs_value END::DECIMAL(20, 2) AS rhs_cny, /* 右边（元） */
  CASE WHEN chosen.verdict <> 'not_evaluable' AND chosen.value_unit = 'CNY' THEN chosen.gap END::DECIMAL(20, 2) AS gap_cny, /* 差额（元） */
  chosen.term_count::INT AS term_count, /* 参与核对的陈述值个数 */
  chosen.verdict::TEXT AS verdict, /* exact 一致、rounding 尾差、implausible 尾差存疑、mismatch 勾稽不符、not_evaluable 无法核对 */
  chosen.not_evaluable_reason::TEXT AS not_evaluable_reason, /* form_not_in_file 表不在文件内、value_not_stated 未陈述、zero_base 基数为零 */
  CASE chosen.verdict
    WHEN 'mismatch'
    THEN chosen.severity
    WHEN 'implausible'
    THEN CASE chosen.severity WHEN 'info' THEN 'info' ELSE 'warning' END
  END::TEXT AS severity, /* error 错误、warning 警告、info 提示；相符则为空 */
  (
    NOT waivers.identity_id IS NULL
  )::BOOLEAN AS is_waived /* 是否已有说明而豁免 */
FROM chosen
LEFT JOIN reference.waivers AS waivers
  ON waivers.identity_id = chosen.identity_id
  AND waivers.document_id = chosen.stated_in_document_id
  AND waivers.scope = chosen.scope
  AND waivers.expected_gap = CASE WHEN chosen.verdict <> 'not_evaluable' THEN chosen.gap END::DECIMAL(24, 6)