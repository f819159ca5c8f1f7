/* Renamings, mergers and splits of departments: those of the seeds, and what the reforms of
institutions did to organs of one place that both are in the warehouse, where the predecessor ends in
the years of the reform and the successor goes on. The year of effect is the first of the successor's
accounts: that after the predecessor's last, if it lies within a year of the reform. A merger is told
of only where every organ that it took in is known. One row per predecessor and successor. */
MODEL (
  name conformed.department_succession,
  kind FULL,
  grain (predecessor_department_id, successor_department_id),
  audits (
    UNIQUE_COMBINATION_OF_COLUMNS(columns := (predecessor_department_id, successor_department_id)),
    NOT_NULL(columns := (predecessor_department_id, successor_department_id, effective_year, kind))
  )
);

WITH seen AS (
  /* The years in which a department gives accounts. */
  SELECT
    department_id,
    MIN(fiscal_year) AS first_year,
    MAX(fiscal_year) AS last_year
  FROM conformed.bridge_disclosure_document
  WHERE
    is_current AND document_kind = 'final_accounts'
  GROUP BY
    department_id
), named AS (
  SELECT DISTINCT
    names.department_id,
    names.identity_zh,
    seen.first_year,
    seen.last_year
  FROM conformed.department_names AS names
  JOIN seen
    ON seen.department_id = names.department_id
), organs AS (
  /* What stands before the name of the organ must be a place, and one alone. */
  SELECT
    named.department_id,
    named.first_year,
    named.last_year,
    patterns.pattern,
    REGEXP_EXTRACT(named.identity_zh, '^([0-9]{6}|.{2,12}[省市州盟区县旗])(' || patterns.pattern || ')$', 1) AS place
  FROM named
  JOIN (
    SELECT
      predecessor_pattern AS pattern
    FROM reference.organ_successions
    WHERE
      predecessor_pattern <> ''
    UNION
    SELECT
      successor_pattern
    FROM reference.organ_successions
  ) AS patterns
    ON REGEXP_FULL_MATCH(named.identity_zh, '([0-9]{6}|.{2,12}[省市州盟区县旗])(' || patterns.pattern || ')')
), reforms AS (
  SELECT
    successions.*,
    COUNT(*) OVER (PARTITION BY successions.succession_id) AS predecessor_count
  FROM reference.organ_successions AS successions
  WHERE
    successions.predecessor_pattern <> ''
), pairs AS (
  SELECT
    reforms.*,
    predecessors.department_id AS predecessor_department_id,
    predecessors.last_year,
    successors.department_id AS successor_department_id
  FROM reforms
  JOIN organs AS predecessors
    ON predecessors.pattern = reforms.predecessor_pattern
  JOIN organs AS successors
    ON successors.pattern = reforms.successor_pattern AND successors.place = predecessors.place
  WHERE
    CASE
      WHEN predecessors.department_id = successors.department_id
      THEN reforms.kind = 'merge'
      WHEN reforms.kind = 'split'
      THEN successors.first_year >= reforms.effective_year - 1
      ELSE predecessors.last_year <= reforms.effective_year
      AND successors.last_year > predecessors.last_year
      AND (
        successors.first_year > predecessors.last_year OR reforms.predecessor_count > 1
      )
    END
), dated AS (
  SELECT
    pairs.*,
    COUNT(DISTINCT predecessor_pattern) OVER (PARTITION BY succession_id, successor_department_id) AS known_count,
    MAX(CASE WHEN predecessor_department_id <> successor_department_id THEN last_year END) OVER (PARTITION BY succession_id, successor_department_id) + 1 AS next_year
  FROM pairs
)
SELECT
  predecessor_department_id::TEXT AS predecessor_department_id, /* 原部门编号；部门并入别的机构而名称不变的，也是它自己的原部门 */
  successor_department_id::TEXT AS successor_department_id, /* 后继部门编号 */
  effective_year::INT AS effective_year, /* 生效年度：后继部门编制决算的第一年 */
  kind::TEXT AS kind, /* rename 更名、merge 合并、split 分立 */
  basis::TEXT AS basis /* 依据 */
FROM reference.department_succession
UNION ALL
SELECT
  dated.predecessor_department_id,
  dated.successor_department_id,
  CASE
    WHEN dated.kind <> 'split'
    AND dated.next_year BETWEEN dated.effective_year - 1 AND dated.effective_year + 1
    THEN dated.next_year
    ELSE dated.effective_year
  END AS effective_year,
  dated.kind,
  dated.basis
FROM dated
LEFT JOIN reference.department_succession AS seeds
  ON seeds.successor_department_id = dated.successor_department_id
WHERE
  seeds.successor_department_id IS NULL
  AND NOT dated.next_year IS NULL
  AND (
    dated.kind <> 'merge' OR dated.known_count = dated.predecessor_count
  )
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY dated.predecessor_department_id, dated.successor_department_id
    ORDER BY dated.effective_year, dated.succession_id
  ) = 1