"""What is published of the private warehouse: redaction, left-out documents, comments."""

from pathlib import Path

import duckdb
import pytest

from juesuan.publish_tables import copy_warehouse

RAW_SCHEMA = Path(__file__).parents[2] / "ingest" / "raw_schema.sql"

NAME, PHONE = "欧阳测试", "13912345678"


@pytest.fixture
def private(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(RAW_SCHEMA.read_text(encoding="utf-8"))
        for number, (document, event) in enumerate(
            [
                ("doc1", "loaded"),
                ("doc2", "quarantined"),
                ("doc3", "withdrawn"),
                ("doc4", "superseded"),
                ("doc5", "rejected"),
            ]
        ):
            connection.execute(
                "INSERT INTO raw.document_reads (document_id, file_name, parser_version,"
                " ingested_at, read_status) VALUES (?, 'a.pdf', '1', now(), 'loaded')",
                [document],
            )
            connection.execute(
                "INSERT INTO raw.document_events VALUES (?, ?, ?, NULL, now())",
                [document, number + 1, event],
            )
            add_cell(connection, document, 1, "value", "12.5", "支出合计", "金额")
            connection.execute(
                "INSERT INTO raw.lines VALUES (?, 1, 1, '', '正文', 0, 0, 0, 0, false, NULL)",
                [document],
            )
            add_table(connection, document, "单位：万元", "")
    return path


def add_cell(connection, document, number, kind, text, label, column, is_personal=False):
    connection.execute(
        "INSERT INTO raw.cells VALUES (?, ?, 1, '表', 1, 1, NULL, ?, 1, 1, '', '', ?, ?, ?, ?,"
        " 0, 0, 0, 0, ?, NULL)",
        [f"{document}-{number}", document, number, label, column, kind, text, is_personal],
    )


def add_table(connection, document, caption, notes):
    connection.execute(
        "INSERT INTO raw.tables (table_id, document_id, reading_number, table_number, form_title,"
        " caption, notes) VALUES (uuid(), ?, 1, 1, '表', ?, ?)",
        [document, caption, notes],
    )


def publish_and_read(private, tmp_path, query):
    folder = tmp_path / "build"
    folder.mkdir()
    copy_warehouse(private, folder)
    with duckdb.connect(str(folder / "juesuan.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_texts_of_persons_are_nowhere_in_the_published_files(private, tmp_path):
    with duckdb.connect(str(private)) as connection:
        connection.execute("DELETE FROM raw.tables")
        add_cell(connection, "doc1", 2, "value", "欧阳 测试", "负责人", "姓名", True)
        add_cell(connection, "doc1", 3, "label", NAME, NAME, "", True)
        add_cell(connection, "doc1", 4, "value", "100", NAME, "金额", True)
        add_cell(connection, "doc1", 5, "header", NAME, "", NAME, True)
        add_cell(connection, "doc1", 6, "value", "7", "合计", f"填报/{NAME}", False)
        add_cell(connection, "doc1", 7, "value", "１３９12345678", "联系电话", "", True)
        add_cell(connection, "doc1", 8, "value", "8", f"{NAME}({PHONE})", "金额", True)
        add_table(connection, "doc1", f"填报人：{NAME} 单位：万元", f"注：联系 {PHONE}")
        connection.execute(
            "INSERT INTO raw.lines VALUES"
            f" ('doc1', 1, 2, '', '联系人：{NAME}', 0, 0, 0, 0, true, NULL)"
        )
        connection.execute(
            "INSERT INTO raw.narrative_figures VALUES ('doc1-f1', 'doc1', '', "
            f"'联系人{NAME}，电话{PHONE}', '{PHONE}', NULL, 1, 2, 1, 1, 0, 0, "
            "NULL, NULL, NULL, NULL, true)"
        )
        connection.execute(
            "INSERT INTO raw.narrative_sentences VALUES ('doc1-s1', 'doc1', 1, 1, '', 1, 2, [2], "
            f"0, '联系人{NAME}，电话{PHONE}', true)"
        )
    rows = publish_and_read(
        private,
        tmp_path,
        "SELECT cell_text, row_label, column_label, is_redacted FROM raw.cells"
        " WHERE document_id = 'doc1' ORDER BY row_number",
    )
    assert rows == [
        ("12.5", "支出合计", "金额", False),
        (None, "负责人", "姓名", True),
        (None, None, "", True),
        (None, None, "金额", True),
        (None, "", None, True),
        ("7", "合计", None, False),
        (None, "联系电话", "", True),
        (None, None, "金额", True),
    ]
    with duckdb.connect() as connection:
        for file in (tmp_path / "build" / "parquet" / "raw").rglob("*.parquet"):
            text = str(connection.execute(f"SELECT * FROM '{file}'").fetchall())
            assert NAME not in text, file.parent.name
            assert PHONE not in text, file.parent.name
    assert NAME.encode() not in (tmp_path / "build" / "juesuan.duckdb").read_bytes()


def test_a_further_reading_of_a_cell_loses_the_same_labels_as_the_first(private, tmp_path):
    with duckdb.connect(str(private)) as connection:
        add_cell(connection, "doc1", 2, "value", NAME, "负责人", "姓名", True)
        add_cell(connection, "doc1", 3, "value", "8", NAME, "金额")
        connection.execute("UPDATE raw.cells SET reading_number = 2 WHERE cell_id = 'doc1-3'")
    query = "SELECT cell_text, row_label FROM raw.cells WHERE reading_number = 2"
    assert publish_and_read(private, tmp_path, query) == [("8", None)]


def test_a_personal_word_does_not_redact_the_labels_that_contain_it(private, tmp_path):
    with duckdb.connect(str(private)) as connection:
        add_cell(connection, "doc1", 2, "value", "办公室", "所在科室", "", True)
        add_cell(connection, "doc1", 3, "value", "9", "办公室经费", "金额", False)
    rows = publish_and_read(
        private, tmp_path, "SELECT row_label FROM raw.cells WHERE cell_id = 'doc1-3'"
    )
    assert rows == [("办公室经费",)]


def test_quarantined_and_withdrawn_documents_are_listed_but_not_readable(private, tmp_path):
    rows = publish_and_read(
        private,
        tmp_path,
        """
        SELECT d.document_id, d.status,
            d.document_id IN (SELECT document_id FROM raw.cells)
                AND d.document_id IN (SELECT document_id FROM raw.lines)
                AND d.document_id IN (SELECT document_id FROM raw.tables) AS is_readable
        FROM raw.documents AS d ORDER BY ALL
        """,
    )
    assert rows == [
        ("doc1", "loaded", True),
        ("doc2", "quarantined", False),
        ("doc3", "withdrawn", False),
        ("doc4", "superseded", True),
        ("doc5", "rejected", True),
    ]


def test_the_private_bookkeeping_is_not_published(private, tmp_path):
    rows = publish_and_read(
        private, tmp_path, "SELECT table_name FROM duckdb_tables() ORDER BY ALL"
    )
    assert [name for [name] in rows] == [
        "cells",
        "documents",
        "lines",
        "narrative_figures",
        "narrative_sentences",
        "tables",
    ]
    with duckdb.connect() as connection:
        file = tmp_path / "build" / "parquet" / "raw" / "cells" / "data.parquet"
        columns = connection.execute(f"DESCRIBE SELECT * FROM '{file}'").fetchall()
    assert "is_redacted" in {column[0] for column in columns}
    assert "is_personal" not in {column[0] for column in columns}


def test_chinese_comments_of_tables_views_and_columns_are_kept(private, tmp_path):
    with duckdb.connect(str(private)) as connection:
        connection.execute("""
            CREATE SCHEMA conformed; CREATE SCHEMA sqlmesh__conformed;
            CREATE TABLE sqlmesh__conformed.income__1 AS SELECT 1.5 AS amount_cny, '甲' AS "order";
            CREATE VIEW conformed.fct_income AS
                SELECT * FROM warehouse.sqlmesh__conformed.income__1;
            COMMENT ON VIEW conformed.fct_income IS '收入，它''s 一行一项';
            COMMENT ON COLUMN conformed.fct_income.amount_cny IS '金额（元）';
            COMMENT ON COLUMN conformed.fct_income."order" IS '次序';
            COMMENT ON TABLE raw.lines IS '正文的行';
            COMMENT ON COLUMN raw.lines.is_personal IS '私有';
        """)
    rows = publish_and_read(
        private,
        tmp_path,
        """
        SELECT table_name, NULL AS column_name, comment FROM duckdb_tables()
        WHERE comment IS NOT NULL
        UNION ALL
        SELECT table_name, column_name, comment FROM duckdb_columns()
        WHERE comment IS NOT NULL AND table_name IN ('fct_income', 'lines')
        ORDER BY ALL
        """,
    )
    assert rows == [
        ("fct_income", "amount_cny", "金额（元）"),
        ("fct_income", "order", "次序"),
        ("fct_income", None, "收入，它's 一行一项"),
        ("lines", "is_redacted", "是否因含个人信息而不公开文字（姓名、电话）"),
        ("lines", None, "正文的行"),
    ]
