/* Whether each figure of 情况说明 may be read as said of its subject: every word between the two must be
known (公务用车运行维护费用于加油1.50万元 is no second amount of it), no stranger's figure may stand between
them, and year, phase and fund must be those of the statement, not of what is told beside it.
One row per figure of which something is stated. */
MODEL (
  name conformed.narrative_contexts,
  kind CUSTOM (
    materialization 'replace_by_document'
  ),
  grain figure_id,
  audits (
    UNIQUE_VALUES(columns := (
      figure_id
    )),
    NOT_NULL(columns := (figure_id, document_id)),
    ACCEPTED_VALUES("column" := unplaced_reason, is_in := ('detail', 'other_year', 'other_fund', 'not_understood'))
  )
);

WITH words AS (
  SELECT
    filler_kind,
    pattern
  FROM reference.narrative_fillers
  UNION ALL
  SELECT
    CASE
      WHEN phrase_kind IN ('aside', 'reason')
      THEN 'opener'
      WHEN phrase_kind = 'concept'
      THEN 'concept'
      ELSE 'word'
    END AS filler_kind,
    REGEXP_REPLACE(phrase_zh, '([().])', '\\\1', 'g') AS pattern
  FROM reference.narrative_phrases
  WHERE
    phrase_kind IN ('aside', 'reason', 'cue', 'base', 'pairing', 'concept')
), vocabulary AS (
  SELECT
    LISTAGG(DISTINCT CASE WHEN filler_kind = 'word' THEN pattern END, '|') AS known,
    LISTAGG(DISTINCT CASE WHEN filler_kind = 'count_word' THEN pattern END, '|') AS of_counts,
    LISTAGG(DISTINCT CASE WHEN filler_kind = 'performance_word' THEN pattern END, '|') AS of_performance,
    LISTAGG(DISTINCT CASE WHEN filler_kind = 'lead' THEN pattern END, '|') AS leads,
    LISTAGG(DISTINCT CASE WHEN filler_kind = 'opener' THEN pattern END, '|') AS openers,
    LISTAGG(DISTINCT CASE WHEN filler_kind = 'concept' THEN pattern END, '|') AS concepts
  FROM words
), figures AS (
  SELECT
    figures.*,
    paragraphs.fiscal_year,
    paragraphs.paragraph_zh,
    documents.department_name_zh,
    sentences.paragraph_offset + LENGTH(sentences.sentence) AS sentence_end,
    cues.measure_code AS cue_measure,
    cues.phase AS cue_phase,
    cues.cue_end,
    cues.compared_with,
    cues.compared_at,
    cues.concept_count,
    cues.is_limit,
    subjects.phrase_kind,
    subjects.line_code,
    subjects.line_label_zh,
    COALESCE(subjects.fund, figures.fund) AS line_fund,
    subjects.subject_start,
    subjects.subject_end,
    subjects.is_aside,
    subjects.is_short_of_concepts,
    subjects.functional_code,
    GREATEST(COALESCE(subjects.subject_end, 0), figures.previous_end, figures.sentence_start) AS words_start
  FROM staging.narrative_figures AS figures
  JOIN staging.narrative_paragraphs AS paragraphs
    ON paragraphs.document_id = figures.document_id
    AND paragraphs.paragraph_number = figures.paragraph_number
  JOIN raw.documents AS documents
    ON documents.document_id = figures.document_id
  JOIN raw.narrative_sentences AS sentences
    ON sentences.sentence_id = figures.sentence_id
  JOIN conformed.narrative_cues AS cues
    ON cues.figure_id = figures.figure_id
  LEFT JOIN conformed.narrative_subjects AS subjects
    ON subjects.figure_id = figures.figure_id
), marks AS (
  /* The fund, the phase and the comparison last spoken of before a subject or a figure. */
  SELECT
    figures.figure_id,
    ARG_MAX(phrases.fund, phrases.end_offset) FILTER(WHERE
      phrases.phrase_kind = 'fund' AND phrases.end_offset <= figures.subject_start) AS fund_said,
    ARG_MAX(phrases.fund, phrases.end_offset) FILTER(WHERE
      phrases.phrase_kind = 'fund'
      AND phrases.start_offset >= GREATEST(figures.previous_end, figures.sentence_start)
      AND phrases.end_offset <= figures.subject_start) AS fund_right_before,
    ARG_MAX(phrases.fund, phrases.end_offset) FILTER(WHERE
      phrases.phrase_kind = 'fund') AS fund_before_figure,
    ARG_MAX(phrases.phase, phrases.end_offset) FILTER(WHERE
      phrases.phrase_kind = 'cue'
      AND NOT phrases.phase IS NULL
      AND phrases.start_offset >= figures.sentence_start
      AND phrases.end_offset <= figures.subject_start) AS phase_said
  FROM figures
  JOIN conformed.narrative_phrases_found AS phrases
    ON phrases.document_id = figures.document_id
    AND phrases.paragraph_number = figures.paragraph_number
    AND phrases.end_offset <= figures.group_start
  GROUP BY
    figures.figure_id
), neighbours AS (
  /* The figure before the subject, and whether the subject's sentence tells of several things. */
  SELECT
    figures.figure_id,
    ARG_MAX(others.line_code, others.figure_start) FILTER(WHERE
      others.sentence_id = figures.sentence_id AND others.figure_end <= figures.subject_start) AS line_before,
    ARG_MAX(COALESCE(others.cue_measure, others.value_kind), others.figure_start) FILTER(WHERE
      others.sentence_id = figures.sentence_id AND others.figure_end <= figures.subject_start) AS measure_before,
    MAX(others.figure_end) FILTER(WHERE
      others.sentence_id = figures.sentence_id AND others.figure_end <= figures.subject_start) AS end_before,
    COUNT(*) FILTER(WHERE
      others.line_code <> figures.line_code
      AND others.figure_start < figures.sentence_start
      AND (
        (
          others.sentence_start <= figures.subject_start AND others.sentence_end > figures.subject_start
        )
        OR (
          others.figure_start >= LENGTH(REGEXP_EXTRACT(SUBSTRING(figures.paragraph_zh, 1, GREATEST(figures.subject_start, 0)), '^.*。'))
          AND CONTAINS(
            SUBSTRING(
              figures.paragraph_zh,
              GREATEST(figures.subject_end, 0) + 1,
              figures.figure_start - GREATEST(figures.subject_end, 0)
            ),
            '。'
          )
        )
      )) AS other_count
  FROM figures
  JOIN figures AS others
    ON others.document_id = figures.document_id
    AND others.paragraph_number = figures.paragraph_number
    AND others.figure_start < figures.figure_start
  GROUP BY
    figures.figure_id
), texts AS (
  SELECT
    figures.*,
    (
      neighbours.line_before <> figures.line_code
      AND neighbours.measure_before = 'amount'
      AND NOT REGEXP_MATCHES(
        SUBSTRING(figures.paragraph_zh, neighbours.end_before + 1, figures.subject_start - neighbours.end_before),
        '其中|包括|：|:'
      )
    ) AS is_listed,
    neighbours.other_count > 0 AS is_behind_several,
    marks.fund_said,
    marks.fund_right_before,
    marks.fund_before_figure,
    marks.phase_said,
    SUBSTRING(figures.paragraph_zh, figures.words_start + 1, figures.group_start - figures.words_start) AS words_between,
    SUBSTRING(
      figures.paragraph_zh,
      GREATEST(figures.previous_end, figures.sentence_start) + 1,
      GREATEST(figures.subject_start - GREATEST(figures.previous_end, figures.sentence_start), 0)
    ) AS words_before,
    SUBSTRING(
      figures.paragraph_zh,
      GREATEST(figures.previous_end, figures.sentence_start) + 1,
      figures.group_start - GREATEST(figures.previous_end, figures.sentence_start)
    ) AS words_since_figure,
    SUBSTRING(figures.paragraph_zh, figures.sentence_start + 1, figures.group_start - figures.sentence_start) AS sentence_before,
    SUBSTRING(figures.paragraph_zh, 1, figures.group_start) AS paragraph_before,
    REPLACE(
      SUBSTRING(
        figures.paragraph_zh,
        figures.compared_at + 1,
        figures.figure_start - COALESCE(figures.compared_at, figures.figure_start)
      ),
      '。其中',
      '其中'
    ) AS words_since_comparison
  FROM figures
  LEFT JOIN marks
    ON marks.figure_id = figures.figure_id
  LEFT JOIN neighbours
    ON neighbours.figure_id = figures.figure_id
), named AS (
  /* The words of its own clause before a subject, without the name of the department itself. */
  SELECT
    texts.*,
    REPLACE(
      REGEXP_EXTRACT(texts.words_before, '[^，。；：,:;]*$'),
      CASE
        WHEN CONTAINS(texts.words_before, texts.department_name_zh)
        THEN texts.department_name_zh
        WHEN ENDS_WITH(
          texts.department_name_zh,
          REGEXP_EXTRACT(texts.words_before, '[一-鿿]{2,}(局|委|办|部|厅|院|校|站|队|会|所|馆|中心|政府|办公室)')
        )
        THEN REGEXP_EXTRACT(texts.words_before, '[一-鿿]{2,}(局|委|办|部|厅|院|校|站|队|会|所|馆|中心|政府|办公室)')
        ELSE '　'
      END,
      ''
    ) AS lead_words,
    COALESCE(texts.value_kind, '') = 'count' AS is_count,
    texts.section_code = 'performance' AS is_performance,
    (
      texts.cue_measure = 'share' OR texts.concept_count > 1
    ) IS TRUE AS names_others,
    NOT texts.cue_end IS NULL OR COALESCE(texts.value_kind, '') <> 'amount' AS may_explain,
    COALESCE(texts.concept_count, 1) > 1 OR REGEXP_MATCHES(texts.words_between, '均|各|都') AS is_said_of_several
  FROM texts
), phrasings AS (
  /* Each wording once: prose repeats itself, and the patterns are long. */
  SELECT DISTINCT
    words_between,
    COALESCE(lead_words, '') AS lead_words,
    is_count,
    is_performance,
    names_others,
    may_explain,
    is_said_of_several
  FROM named
), understood AS (
  SELECT
    phrasings.*,
    REGEXP_FULL_MATCH(
      phrasings.words_between,
      '(' || vocabulary.known || CASE WHEN phrasings.is_count THEN '|' || vocabulary.of_counts ELSE '' END || CASE WHEN phrasings.is_performance THEN '|' || vocabulary.of_performance ELSE '' END || CASE WHEN phrasings.names_others THEN '|' || vocabulary.concepts ELSE '' END || ')*' || CASE
        WHEN phrasings.may_explain
        THEN '((' || vocabulary.openers || ')[^。；]*[，,：:)](' || vocabulary.known || CASE WHEN phrasings.is_count THEN '|' || vocabulary.of_counts ELSE '' END || ')*)?'
        ELSE ''
      END
    ) AS is_understood,
    (
      phrasings.is_performance
      OR REGEXP_FULL_MATCH(
        phrasings.lead_words,
        '(' || vocabulary.known || '|' || vocabulary.leads || CASE WHEN phrasings.is_said_of_several THEN '|' || vocabulary.concepts ELSE '' END || ')*'
      )
    ) AS is_led_in,
    REGEXP_MATCHES(phrasings.words_between, vocabulary.openers) AS is_explained
  FROM phrasings
  CROSS JOIN vocabulary
), judged AS (
  SELECT
    named.*,
    LENGTH(REPLACE(named.sentence_before, '(', '')) < LENGTH(REPLACE(named.sentence_before, ')', '')) AS is_bracketed,
    understood.is_understood,
    understood.is_led_in,
    understood.is_explained,
    NULLIF(
      REGEXP_EXTRACT(
        REGEXP_REPLACE(named.sentence_before, '(比|较|与|同|和)[^，。0-9]{0,6}20[0-9]{2}年|20[0-9]{2}年度?[^，。0-9]{0,6}(相比|比较|对比)', '', 'g'),
        '.*(20[0-9]{2})年',
        1
      ),
      ''
    )::INT AS year_said,
    NULLIF(REGEXP_EXTRACT(named.paragraph_before, '.*(比|较|与|同|和)[^，。0-9]{0,6}(20[0-9]{2})年', 2), '')::INT AS year_compared,
    CASE
      WHEN REGEXP_MATCHES(named.words_since_figure, '(比|较|与|同)(上|去)一?年[^，。]*$')
      THEN named.fiscal_year - 1
      ELSE NULLIF(REGEXP_EXTRACT(named.words_since_figure, '(比|较|与|同|和)[^，。0-9]{0,6}(20[0-9]{2})年[^，。]*$', 2), '')::INT
    END AS year_compared_here,
    REGEXP_MATCHES(REGEXP_REPLACE(COALESCE(named.words_before, ''), '(公共|基金|经营|部门)预算', '', 'g'), '预算|计划|核定|上年|去年|拟|预计') AS is_planned,
    COALESCE(
      CONTAINS(named.words_since_comparison, '其中')
      AND NOT REGEXP_MATCHES(REGEXP_REPLACE(named.words_since_comparison, '(公共|基金|经营|部门)预算', '', 'g'), '。|预算'),
      FALSE
    ) AS is_compared_alike, /* 比上年减少…，其中：…减少…；…增加…: one comparison holds for its parts. */
    (
      REGEXP_MATCHES(COALESCE(named.words_before, ''), '[一-鿿”)](和|与|或|、|以及)$|[一-鿿”)][^涉普以]及$')
      AND NOT REGEXP_MATCHES(named.words_before, '(^|[，、；：])([一二三四五六七八九十]+、|以及)$')
      AND NOT REGEXP_MATCHES(named.words_between, '均|各|都')
      AND named.concept_count = 1
    )
    OR (
      REGEXP_MATCHES(named.words_between, '分别') AND named.concept_count = 1
    ) AS is_joint
  FROM named
  JOIN understood
    ON understood.words_between = named.words_between
    AND understood.lead_words = COALESCE(named.lead_words, '')
    AND understood.is_count = named.is_count
    AND understood.is_performance = named.is_performance
    AND understood.names_others = named.names_others
    AND understood.may_explain = named.may_explain
    AND understood.is_said_of_several = named.is_said_of_several
), strangers AS (
  SELECT
    judged.*,
    (
      COALESCE(judged.phrase_kind, 'concept') = 'concept'
      AND NOT judged.is_limit
      AND (
        NOT judged.is_understood
        OR NOT judged.is_led_in
        OR COALESCE(judged.is_joint, FALSE)
        OR COALESCE(judged.is_short_of_concepts, FALSE)
        OR (
          judged.phrase_kind IS NULL AND judged.value_kind = 'amount'
        )
      )
    ) AS is_strange
  FROM judged
), continued AS (
  /* What runs on behind a stranger's figure is said of the stranger; brackets keep theirs within. */
  SELECT
    strangers.*,
    MAX(CASE WHEN strangers.is_strange AND NOT strangers.is_bracketed THEN strangers.figure_start END) OVER sentence_so_far AS stranger_at,
    MAX(CASE WHEN strangers.is_strange AND strangers.is_bracketed THEN strangers.figure_start END) OVER sentence_so_far AS bracketed_stranger_at
  FROM strangers
  WINDOW sentence_so_far AS (
    PARTITION BY strangers.document_id, strangers.sentence_id
    ORDER BY strangers.figure_start
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  )
), dated AS (
  /* An amount right behind 比2023年 is what is compared with, not the amount of this year. */
  SELECT
    continued.*,
    CASE
      WHEN COALESCE(continued.cue_measure, 'amount') = 'amount' AND continued.value_kind = 'amount'
      THEN COALESCE(continued.year_compared_here, continued.year_said, continued.fiscal_year)
      ELSE COALESCE(continued.year_said, continued.fiscal_year)
    END AS year_told
  FROM continued
), placed AS (
  SELECT
    dated.*,
    CASE
      WHEN dated.value_kind = 'amount'
      AND COALESCE(dated.cue_measure, 'amount') = 'amount'
      AND dated.year_told = dated.fiscal_year - 1
      THEN CASE COALESCE(dated.cue_phase, 'final')
        WHEN 'final'
        THEN 'prior_year_final'
        WHEN 'prior_year_final'
        THEN 'prior_year_final'
        WHEN 'initial_budget'
        THEN 'prior_year_initial_budget'
      END
    END AS prior_year_phase
  FROM dated
)
SELECT
  placed.figure_id::TEXT AS figure_id, /* 文字数字编号 */
  placed.document_id::TEXT AS document_id, /* 文件编号 */
  placed.words_between::TEXT AS words_between, /* 所说的事与数字之间的话 */
  placed.prior_year_phase::TEXT AS prior_year_phase, /* 说的是上年的数，它的预决算阶段 */
  COALESCE(placed.is_listed, FALSE)::BOOLEAN AS is_listed, /* 与前一数字并列，其后的话说的可能是合计 */
  CASE WHEN placed.line_code = 'performance.self_evaluated' THEN placed.fund_before_figure END::TEXT AS part_fund, /* 只说其中一种资金，如一般公共预算项目的自评 */
  CASE
    WHEN placed.is_limit OR COALESCE(placed.phrase_kind, '') <> 'concept'
    THEN NULL
    WHEN placed.line_code LIKE 'three_public.%' AND placed.section_code <> 'three_public'
    THEN 'detail'
    WHEN placed.is_aside
    AND placed.functional_code IS NULL
    AND placed.value_kind = 'amount'
    AND placed.subject_start >= placed.sentence_start
    THEN 'detail'
    WHEN NOT placed.is_understood AND placed.is_explained
    THEN 'detail'
    WHEN placed.is_strange
    OR placed.value_kind <> 'count'
    AND (
      (
        COALESCE(placed.is_listed, FALSE)
        AND placed.previous_end > placed.subject_end
        AND COALESCE(placed.cue_measure, 'amount') <> 'share'
      )
      OR COALESCE(placed.is_behind_several, FALSE)
    )
    OR (
      placed.line_code = 'performance.self_evaluated'
      AND NOT placed.fund_before_figure IS NULL
      AND REGEXP_MATCHES(placed.words_since_figure, '合计|总计|全部|所有')
    )
    OR GREATEST(
      COALESCE(placed.stranger_at, -1),
      CASE WHEN placed.is_bracketed THEN COALESCE(placed.bracketed_stranger_at, -1) ELSE -1 END
    ) >= GREATEST(placed.subject_end, 0)
    THEN 'not_understood'
    WHEN placed.value_kind = 'amount'
    AND placed.cue_end IS NULL
    AND (
      placed.is_planned OR COALESCE(placed.phase_said, 'final') <> 'final'
    )
    THEN 'not_understood'
    WHEN placed.year_told <> placed.fiscal_year AND placed.prior_year_phase IS NULL
    THEN 'other_year'
    WHEN placed.cue_measure IN ('change', 'growth')
    AND placed.compared_at <= LEAST(placed.sentence_start, placed.subject_start)
    AND NOT placed.is_compared_alike
    THEN 'not_understood'
    WHEN placed.cue_measure IN ('change', 'growth')
    AND placed.compared_with = 'prior_year_final'
    AND placed.year_compared <> placed.fiscal_year - 1
    THEN 'other_year'
    WHEN REGEXP_FULL_MATCH(
      placed.line_code,
      '(general_|fiscal_)?(basic|project)|personnel|operating|[0-9]+|(income|expenditure|grand)_total'
    )
    AND (
      (
        placed.line_fund = 'all_sources'
        AND CASE WHEN placed.line_code LIKE '%_total' THEN placed.fund_right_before ELSE placed.fund_said END <> 'all_sources'
      )
      OR (
        placed.line_fund = 'fiscal_total' AND NOT placed.fund_said IN ('all_sources', 'fiscal_total')
      )
      OR (
        placed.line_fund = 'general' AND NOT placed.fund_said IN ('all_sources', 'fiscal_total', 'general')
      )
    )
    THEN 'other_fund'
  END::TEXT AS unplaced_reason /* 不能读作所说之事的陈述的原因 */
FROM placed