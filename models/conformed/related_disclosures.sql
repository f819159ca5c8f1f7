/* Which other disclosures final accounts and budgets are held against: those of their kind of the year
before, also under the name the department then had; the budget of the year and the self-evaluations of
the year; and those of the department itself and its units where they are consolidated. After a merger the year before is that of all who were merged, or nothing;
members are related only where the list of units is known and every one of them is at hand.
One row per disclosure, relation and related disclosure. */
MODEL (
  name conformed.related_disclosures,
  kind FULL,
  grain (disclosure_id, relation, related_disclosure_id),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (disclosure_id, relation, related_disclosure_id)),
    NOT_NULL(columns := (disclosure_id, document_id, relation, related_disclosure_id)),
    ACCEPTED_VALUES("column" := relation, is_in := ('year_before', 'budget', 'self_evaluation', 'member'))
  )
);

WITH current_disclosures AS (
  SELECT
    *
  FROM conformed.dim_disclosure
  WHERE
    is_current
), accounts AS (
  SELECT
    *
  FROM current_disclosures
  WHERE
    document_kind IN ('final_accounts', 'budget')
), mergers AS (
  /* What a merger brought together, and whether the accounts of all are at hand. */
  SELECT
    accounts.disclosure_id,
    COUNT(*) = COUNT(before.disclosure_id) AS is_complete
  FROM accounts
  JOIN conformed.department_succession AS successions
    ON successions.successor_department_id = accounts.department_id
    AND successions.effective_year = accounts.fiscal_year
    AND successions.kind = 'merge'
  LEFT JOIN accounts AS before
    ON before.department_id = successions.predecessor_department_id
    AND before.fiscal_year = accounts.fiscal_year - 1
    AND before.document_kind = accounts.document_kind
    AND before.reporting_scope = accounts.reporting_scope
  GROUP BY
    accounts.disclosure_id
), same_department AS (
  SELECT
    accounts.disclosure_id,
    accounts.document_id,
    others.disclosure_id AS related_disclosure_id,
    accounts.fiscal_year - others.fiscal_year AS years_before
  FROM accounts
  JOIN current_disclosures AS others
    ON others.department_id = accounts.department_id
    AND others.document_kind = accounts.document_kind
    AND others.reporting_scope = accounts.reporting_scope
    AND others.fiscal_year < accounts.fiscal_year
  LEFT JOIN mergers
    ON mergers.disclosure_id = accounts.disclosure_id
  WHERE
    COALESCE(mergers.is_complete, TRUE)
), predecessors AS (
  /* A department that goes on under its name keeps its own accounts of the year before. */
  SELECT
    accounts.disclosure_id,
    accounts.document_id,
    others.disclosure_id AS related_disclosure_id,
    1 AS years_before
  FROM accounts
  JOIN conformed.department_succession AS successions
    ON successions.successor_department_id = accounts.department_id
    AND successions.effective_year = accounts.fiscal_year
    AND successions.predecessor_department_id <> accounts.department_id
  JOIN accounts AS others
    ON others.department_id = successions.predecessor_department_id
    AND others.document_kind = accounts.document_kind
    AND others.reporting_scope = accounts.reporting_scope
    AND others.fiscal_year = accounts.fiscal_year - 1
  LEFT JOIN mergers
    ON mergers.disclosure_id = accounts.disclosure_id
  LEFT JOIN same_department
    ON same_department.disclosure_id = accounts.disclosure_id AND same_department.years_before = 1
  WHERE
    CASE successions.kind
      WHEN 'rename'
      THEN same_department.disclosure_id IS NULL
      WHEN 'merge'
      THEN mergers.is_complete
      ELSE FALSE
    END
), wholes AS (
  SELECT
    *
  FROM current_disclosures
  WHERE
    reporting_scope = 'department_consolidated'
), listed AS (
  /* The list that the seeds give of the year, else the one that the disclosure prints. */
  SELECT
    wholes.disclosure_id,
    wholes.department_id,
    wholes.document_kind,
    wholes.fiscal_year,
    units.unit_id,
    units.unit_id AS list_key
  FROM wholes
  JOIN reference.department_units AS units
    ON units.department_id = wholes.department_id
    AND wholes.fiscal_year BETWEEN units.valid_from_year AND COALESCE(units.valid_to_year, 9999)
  UNION ALL
  SELECT
    wholes.disclosure_id,
    wholes.department_id,
    wholes.document_kind,
    wholes.fiscal_year,
    CASE
      WHEN units.is_own OR units.stated_as = 'none'
      THEN wholes.department_id
      ELSE names.department_id
    END AS unit_id,
    units.listed_unit_id AS list_key
  FROM wholes
  JOIN conformed.bridge_disclosure_document AS files
    ON files.disclosure_id = wholes.disclosure_id
  JOIN conformed.listed_units AS units
    ON units.document_id = files.document_id
  LEFT JOIN conformed.department_names AS names
    ON names.name_zh = units.full_name_zh
  LEFT JOIN reference.department_units AS seeds
    ON seeds.department_id = wholes.department_id
    AND wholes.fiscal_year BETWEEN seeds.valid_from_year AND COALESCE(seeds.valid_to_year, 9999)
  WHERE
    seeds.unit_id IS NULL
), expected AS (
  /* The department's own accounts are among them, listed or not. */
  SELECT
    *
  FROM listed
  UNION ALL
  SELECT DISTINCT
    disclosure_id,
    department_id,
    document_kind,
    fiscal_year,
    department_id AS unit_id,
    'own' AS list_key
  FROM listed
), found AS (
  SELECT
    expected.disclosure_id,
    expected.list_key,
    members.disclosure_id AS related_disclosure_id
  FROM expected
  LEFT JOIN current_disclosures AS members
    ON members.department_id = expected.unit_id
    AND members.document_kind = expected.document_kind
    AND members.fiscal_year = expected.fiscal_year
    AND members.reporting_scope = CASE WHEN expected.unit_id = expected.department_id THEN 'department_own' ELSE 'unit' END
), members AS (
  SELECT
    wholes.disclosure_id,
    wholes.document_id,
    found.related_disclosure_id
  FROM found
  JOIN wholes
    ON wholes.disclosure_id = found.disclosure_id
  QUALIFY
    BOOL_AND(CAST(NOT found.related_disclosure_id IS NULL AS BOOLEAN)) OVER (PARTITION BY found.disclosure_id)
)
SELECT
  disclosure_id::TEXT AS disclosure_id, /* 被核对的公开 */
  document_id::TEXT AS document_id, /* 其最先载入的文件 */
  'year_before'::TEXT AS relation, /* year_before 以前年度、budget 当年预算、self_evaluation 当年自评、member 本级与所属单位 */
  related_disclosure_id::TEXT AS related_disclosure_id, /* 与之核对的公开 */
  years_before::INT AS years_before /* 早几年；当年为零 */
FROM same_department
UNION ALL
SELECT
  disclosure_id,
  document_id,
  'year_before' AS relation,
  related_disclosure_id,
  years_before
FROM predecessors
UNION ALL
SELECT
  accounts.disclosure_id,
  accounts.document_id,
  others.document_kind AS relation,
  others.disclosure_id AS related_disclosure_id,
  0 AS years_before
FROM accounts
JOIN current_disclosures AS others
  ON others.document_kind IN ('budget', 'self_evaluation')
  AND others.department_id = accounts.department_id
  AND others.reporting_scope = accounts.reporting_scope
  AND others.fiscal_year = accounts.fiscal_year
WHERE
  accounts.document_kind = 'final_accounts'
UNION ALL
SELECT DISTINCT
  disclosure_id,
  document_id,
  'member' AS relation,
  related_disclosure_id,
  0 AS years_before
FROM members