/* Whose name a printed name is. A name begins with its place: 山东省淄博市临淄区财政局, 淄博市临淄区财政局
and 临淄区财政局 are one department; 普陀区民政局 is none, for two places are called 普陀区, and neither is
民政局 alone. Such a name waits until a manifest or juesuan assign says whose it is.
One row per printed name. */
MODEL (
  name conformed.department_names,
  kind FULL,
  grain name_zh,
  audits (UNIQUE_VALUES(columns := (
      name_zh
    )), NOT_NULL(columns := (
      name_zh
  )))
);

WITH chains AS (
  /* A division with the names of what it lies in; a county of a municipality lies in the province. */
  SELECT
    divisions.division_code,
    divisions.division_level,
    divisions.name_zh,
    parents.name_zh AS parent_zh,
    grandparents.name_zh AS grandparent_zh
  FROM reference.divisions AS divisions
  LEFT JOIN reference.divisions AS parents
    ON parents.division_code = divisions.parent_code
  LEFT JOIN reference.divisions AS grandparents
    ON grandparents.division_code = parents.parent_code
), spelled AS (
  /* The ways to write a place: with all it lies in, with a part of it, or alone. */
  SELECT
    division_code,
    division_level,
    name_zh AS place_zh
  FROM chains
  UNION
  SELECT
    division_code,
    division_level,
    parent_zh || name_zh
  FROM chains
  WHERE
    NOT parent_zh IS NULL
  UNION
  SELECT
    division_code,
    division_level,
    grandparent_zh || name_zh
  FROM chains
  WHERE
    NOT grandparent_zh IS NULL
  UNION
  SELECT
    division_code,
    division_level,
    grandparent_zh || parent_zh || name_zh
  FROM chains
  WHERE
    NOT grandparent_zh IS NULL
), places AS (
  SELECT
    place_zh,
    MIN(division_code) AS division_code,
    MIN(division_level) AS division_level,
    COUNT(DISTINCT division_code) AS division_count
  FROM spelled
  GROUP BY
    place_zh
), names AS (
  SELECT
    department_name_zh AS name_zh
  FROM raw.documents
  WHERE
    NOT department_name_zh IS NULL
  UNION
  SELECT
    name_zh
  FROM reference.department_aliases
  UNION
  SELECT
    full_name_zh
  FROM conformed.listed_units
  WHERE
    full_name_zh <> ''
), stems AS (
  SELECT
    name_zh,
    REGEXP_REPLACE(name_zh, '^(中共|中国共产党)', '') AS stem_zh
  FROM names
), prefixes AS (
  SELECT
    name_zh,
    stem_zh,
    UNNEST(RANGE(2, LEAST(LENGTH(stem_zh), 30)))::INT AS place_length
  FROM stems
), placed AS (
  SELECT
    prefixes.name_zh,
    prefixes.place_length,
    places.division_code,
    places.division_level,
    places.division_count,
    SUBSTRING(prefixes.stem_zh, prefixes.place_length + 1) AS rest_zh
  FROM prefixes
  JOIN places
    ON places.place_zh = SUBSTRING(prefixes.stem_zh, 1, prefixes.place_length)
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY prefixes.name_zh ORDER BY prefixes.place_length DESC) = 1
), central AS (
  SELECT DISTINCT
    names.name_zh
  FROM names
  JOIN reference.central_organs AS organs
    ON REGEXP_FULL_MATCH(names.name_zh, organs.name_pattern)
), resolved AS (
  SELECT
    names.name_zh,
    CASE WHEN placed.division_count = 1 THEN placed.division_code END AS division_code,
    CASE WHEN placed.division_count = 1 THEN placed.division_level END AS division_level,
    CASE
      WHEN placed.division_count > 1
      THEN 'place_shared'
      WHEN placed.name_zh IS NULL
      AND central.name_zh IS NULL
      AND NOT REGEXP_MATCHES(names.name_zh, '^.{2,12}?[省市州盟区县旗]')
      THEN 'place_missing'
    END AS unresolved_reason,
    CASE WHEN placed.division_count = 1 THEN placed.division_code || placed.rest_zh ELSE names.name_zh END AS identity_zh
  FROM names
  LEFT JOIN placed
    ON placed.name_zh = names.name_zh
  LEFT JOIN central
    ON central.name_zh = names.name_zh
), known AS (
  SELECT
    resolved.identity_zh,
    MIN(aliases.department_id) AS department_id
  FROM reference.department_aliases AS aliases
  JOIN resolved
    ON resolved.name_zh = aliases.name_zh
  GROUP BY
    resolved.identity_zh
)
SELECT
  resolved.name_zh::TEXT AS name_zh, /* 部门名称，如所印 */
  CASE
    WHEN NOT known.department_id IS NULL
    THEN known.department_id
    WHEN resolved.unresolved_reason IS NULL
    THEN 'department-' || SUBSTRING(MD5(resolved.identity_zh), 1, 12)
  END::TEXT AS department_id, /* 部门编号；认不出是谁则为空 */
  resolved.division_code::TEXT AS division_code, /* 名称所冠地名的行政区划代码 */
  resolved.division_level::TEXT AS division_level, /* province 省、city 市、county 县 */
  resolved.identity_zh::TEXT AS identity_zh, /* 部门的全名，地名以行政区划代码代替：各种写法都相同 */
  CASE WHEN known.department_id IS NULL THEN resolved.unresolved_reason END::TEXT AS unresolved_reason /* place_shared 两地同名、place_missing 没有地名；认出则为空 */
FROM resolved
LEFT JOIN known
  ON known.identity_zh = resolved.identity_zh