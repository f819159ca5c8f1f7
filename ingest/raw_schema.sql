-- The private raw layer in warehouse.duckdb; ingest/ alone writes it.
CREATE SCHEMA IF NOT EXISTS raw;

CREATE SEQUENCE IF NOT EXISTS raw.event_number START 1;

CREATE TABLE IF NOT EXISTS raw.document_reads (
    document_id VARCHAR PRIMARY KEY,
    file_name VARCHAR NOT NULL,
    media_type VARCHAR,
    byte_count BIGINT,
    page_count INTEGER,
    parser_version VARCHAR NOT NULL,
    ingested_at TIMESTAMP NOT NULL,
    read_status VARCHAR NOT NULL CHECK (read_status IN ('loaded', 'rejected')),
    read_reason VARCHAR,
    department_name_zh VARCHAR,
    fiscal_year INTEGER,
    document_kind VARCHAR CHECK (document_kind IN ('final_accounts', 'budget', 'self_evaluation')),
    reporting_scope VARCHAR
        CHECK (reporting_scope IN ('department_consolidated', 'department_own', 'unit')),
    source_url VARCHAR,
    published_on DATE
);

-- A file may hold several disclosures, each a document. A home made before that gains the columns;
-- its documents are whole files.
ALTER TABLE raw.document_reads ADD COLUMN IF NOT EXISTS file_id VARCHAR;
ALTER TABLE raw.document_reads ADD COLUMN IF NOT EXISTS part_number INTEGER;
ALTER TABLE raw.document_reads ADD COLUMN IF NOT EXISTS part_count INTEGER;
ALTER TABLE raw.document_reads ADD COLUMN IF NOT EXISTS part_first_page INTEGER;
ALTER TABLE raw.document_reads ADD COLUMN IF NOT EXISTS part_last_page INTEGER;
ALTER TABLE raw.document_reads ADD COLUMN IF NOT EXISTS part_first_line INTEGER;
ALTER TABLE raw.document_reads ADD COLUMN IF NOT EXISTS part_last_line INTEGER;

CREATE TABLE IF NOT EXISTS raw.document_events (
    document_id VARCHAR NOT NULL,
    event_number BIGINT NOT NULL DEFAULT nextval('raw.event_number'),
    event VARCHAR NOT NULL CHECK (
        event IN ('loaded', 'rejected', 'quarantined', 'released', 'superseded', 'withdrawn')
    ),
    reason VARCHAR,
    recorded_at TIMESTAMP NOT NULL
);

-- What a person said of a document (juesuan assign): over the manifest, and over what it claims.
CREATE TABLE IF NOT EXISTS raw.document_assignments (
    document_id VARCHAR NOT NULL,
    assignment_number BIGINT NOT NULL DEFAULT nextval('raw.event_number'),
    column_name VARCHAR NOT NULL CHECK (
        column_name IN ('department_name_zh', 'fiscal_year', 'document_kind', 'reporting_scope')
    ),
    assigned_value VARCHAR NOT NULL,
    assigned_at TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS raw.tables (
    table_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    reading_number INTEGER NOT NULL,
    table_number INTEGER NOT NULL,
    form_title VARCHAR NOT NULL,
    caption VARCHAR NOT NULL,
    unit_text VARCHAR,
    department_text VARCHAR,
    project_zh VARCHAR,
    notes VARCHAR NOT NULL,
    first_page INTEGER,
    last_page INTEGER,
    first_line INTEGER,
    last_line INTEGER,
    row_count INTEGER,
    column_count INTEGER,
    header_row_count INTEGER
);

-- A home made before the column was there gains it.
ALTER TABLE raw.tables ADD COLUMN IF NOT EXISTS project_zh VARCHAR;

-- The first reading of a table is whole; a further one holds the cells that it reads otherwise.
CREATE TABLE IF NOT EXISTS raw.cells (
    cell_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    reading_number INTEGER NOT NULL,
    form_title VARCHAR NOT NULL,
    table_number INTEGER NOT NULL,
    page_number INTEGER NOT NULL,
    line_number INTEGER,
    row_number INTEGER NOT NULL,
    column_number INTEGER NOT NULL,
    block_number INTEGER NOT NULL,
    block_label VARCHAR NOT NULL,
    row_code VARCHAR NOT NULL,
    row_label VARCHAR NOT NULL,
    column_label VARCHAR NOT NULL,
    cell_kind VARCHAR NOT NULL
        CHECK (cell_kind IN ('header', 'code', 'label', 'ordinal', 'value', 'note')),
    cell_text VARCHAR NOT NULL,
    x0 DOUBLE,
    top DOUBLE,
    x1 DOUBLE,
    bottom DOUBLE,
    is_personal BOOLEAN NOT NULL,
    confidence DOUBLE
);

-- Other readings of a cell that was recognised in a picture.
CREATE TABLE IF NOT EXISTS raw.cell_alternatives (
    cell_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    alternative_number INTEGER NOT NULL,
    cell_text VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL
);

CREATE TABLE IF NOT EXISTS raw.lines (
    document_id VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    line_number INTEGER NOT NULL,
    section_zh VARCHAR NOT NULL,
    line_text VARCHAR NOT NULL,
    x0 DOUBLE,
    top DOUBLE,
    x1 DOUBLE,
    bottom DOUBLE,
    is_personal BOOLEAN NOT NULL,
    confidence DOUBLE
);

-- A warehouse made before scans were read lacks the column.
ALTER TABLE raw.cells ADD COLUMN IF NOT EXISTS confidence DOUBLE;
ALTER TABLE raw.lines ADD COLUMN IF NOT EXISTS confidence DOUBLE;

CREATE TABLE IF NOT EXISTS raw.narrative_sentences (
    sentence_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    paragraph_number INTEGER NOT NULL,
    sentence_number INTEGER NOT NULL,
    section_zh VARCHAR NOT NULL,
    page_number INTEGER NOT NULL,
    line_number INTEGER NOT NULL,
    line_numbers INTEGER[],
    paragraph_offset INTEGER NOT NULL,
    sentence VARCHAR NOT NULL,
    is_personal BOOLEAN NOT NULL
);

CREATE TABLE IF NOT EXISTS raw.narrative_figures (
    figure_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    section_zh VARCHAR NOT NULL,
    sentence VARCHAR NOT NULL,
    figure_text VARCHAR NOT NULL,
    unit_text VARCHAR,
    page_number INTEGER NOT NULL,
    line_number INTEGER NOT NULL,
    paragraph_number INTEGER NOT NULL,
    sentence_number INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    paragraph_offset INTEGER NOT NULL,
    x0 DOUBLE,
    top DOUBLE,
    x1 DOUBLE,
    bottom DOUBLE,
    is_personal BOOLEAN NOT NULL
);

-- A warehouse made before these columns gets them; its documents fill them when they are read again.
ALTER TABLE raw.narrative_sentences ADD COLUMN IF NOT EXISTS line_numbers INTEGER[];
ALTER TABLE raw.narrative_figures ADD COLUMN IF NOT EXISTS x0 DOUBLE;
ALTER TABLE raw.narrative_figures ADD COLUMN IF NOT EXISTS top DOUBLE;
ALTER TABLE raw.narrative_figures ADD COLUMN IF NOT EXISTS x1 DOUBLE;
ALTER TABLE raw.narrative_figures ADD COLUMN IF NOT EXISTS bottom DOUBLE;

-- The state of a document is its latest event; a release puts it back to loaded.
CREATE OR REPLACE VIEW raw.documents AS
WITH latest_event AS (
    SELECT
        document_id,
        arg_max(event, event_number) AS event,
        arg_max(coalesce(reason, ''), event_number) AS reason
    FROM raw.document_events
    GROUP BY document_id
)
SELECT
    reads.document_id,
    reads.file_name,
    reads.media_type,
    reads.byte_count,
    reads.page_count,
    reads.parser_version,
    reads.ingested_at,
    CASE latest_event.event WHEN 'released' THEN 'loaded' ELSE latest_event.event END AS status,
    nullif(latest_event.reason, '') AS status_reason,
    reads.department_name_zh,
    reads.fiscal_year,
    reads.document_kind,
    reads.reporting_scope,
    reads.source_url,
    reads.published_on,
    coalesce(reads.file_id, reads.document_id) AS file_id,
    coalesce(reads.part_number, 1) AS part_number,
    coalesce(reads.part_count, 1) AS part_count,
    reads.part_first_page,
    reads.part_last_page,
    reads.part_first_line,
    reads.part_last_line
FROM raw.document_reads AS reads
JOIN latest_event USING (document_id);
