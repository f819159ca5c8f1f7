"""Publishing: builds, the atomic switch, readers, rollback, crashes."""

import fcntl
import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from juesuan import publish as publishing
from juesuan.errors import PublishError
from juesuan.publish import builds, current_build, publish, rollback

WAREHOUSE = """
    CREATE SCHEMA raw; CREATE SCHEMA reference; CREATE SCHEMA conformed; CREATE SCHEMA marts;
    CREATE SCHEMA sqlmesh__conformed;
    CREATE TABLE raw.document_reads (document_id VARCHAR, file_name VARCHAR, status VARCHAR,
        parser_version VARCHAR);
    CREATE VIEW raw.documents AS SELECT * FROM raw.document_reads;
    INSERT INTO raw.document_reads VALUES ('doc1', '决算.pdf', 'loaded', '1'),
        ('doc2', '坏.pdf', 'quarantined', '1');
    CREATE TABLE reference.forms AS SELECT 'F01' AS form_code;
    CREATE TABLE sqlmesh__conformed.fct_income__1 AS SELECT 1 AS amount_cny;
    CREATE VIEW conformed.fct_income AS SELECT * FROM warehouse.sqlmesh__conformed.fct_income__1;
    CREATE VIEW conformed.fct_income_leaf AS SELECT * FROM warehouse.conformed.fct_income;
    CREATE TABLE marts.findings AS SELECT 'f1' AS finding_id WHERE false;
"""


@pytest.fixture
def home(tmp_path):
    path = tmp_path / "家"
    path.mkdir()
    with duckdb.connect(str(path / "warehouse.duckdb")) as connection:
        connection.execute(WAREHOUSE)
    return path


def add_income(home, amount):
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute(f"INSERT INTO sqlmesh__conformed.fct_income__1 VALUES ({amount})")


def incomes(build):
    with duckdb.connect(str(build / "juesuan.duckdb"), read_only=True) as connection:
        return [
            amount
            for [amount] in connection.execute(
                "SELECT amount_cny FROM conformed.fct_income ORDER BY ALL"
            ).fetchall()
        ]


def test_a_build_holds_plain_tables_parquet_manifest_and_docs(home, tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.html").write_text("勾稽", encoding="utf-8")
    build = publish(home, docs_dir=docs, build_info={"parser_version": "7", "build_id": "mine"})
    published = home / "published"
    assert current_build(home) == build == (published / "current").resolve()
    assert (published / "current").readlink() == Path("builds") / build.name
    assert (published / "current.duckdb").readlink() == Path("current/juesuan.duckdb")
    assert (build / "data_docs" / "index.html").read_text(encoding="utf-8") == "勾稽"
    with duckdb.connect(str(published / "current.duckdb"), read_only=True) as connection:
        relations = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL"
        ).fetchall()
        assert relations == [
            ("conformed", "fct_income"),
            ("conformed", "fct_income_leaf"),
            ("marts", "findings"),
            ("raw", "documents"),
            ("reference", "forms"),
        ]
        assert (
            connection.execute("SELECT * FROM duckdb_views() WHERE NOT internal").fetchall() == []
        )
    glob = published / "parquet" / "conformed" / "fct_income_leaf" / "*.parquet"
    assert duckdb.sql(f"SELECT * FROM '{glob}'").fetchall() == [(1,)]
    assert not (build / "juesuan.duckdb.wal").exists()
    assert not (build / ".scratch").exists()
    manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["build_id"] == build.name
    assert manifest["parser_version"] == "7"
    assert {"relation": "conformed.fct_income", "row_count": 1} in manifest["tables"]
    assert [(d["document_id"], d["status"]) for d in manifest["documents"]] == [
        ("doc1", "loaded"),
        ("doc2", "quarantined"),
    ]


READER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(connection.execute("SELECT count(*) FROM conformed.fct_income").fetchone()[0], flush=True)
"""


def test_an_open_reader_keeps_its_build_while_a_new_one_sees_the_next(home):
    publish(home, docs_dir=None, build_info={})
    link = str(home / "published" / "current.duckdb")

    def reader():
        return subprocess.Popen(
            [sys.executable, "-c", READER, link],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(process):
        process.stdin.write("\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    with reader() as old:
        assert ask(old) == "1"
        add_income(home, 2)
        publish(home, docs_dir=None, keep=1, build_info={})
        assert len(builds(home)) == 1
        assert ask(old) == "1"
        with reader() as new:
            assert ask(new) == "2"
        assert ask(old) == "1"


def test_the_resolved_build_shows_new_data_to_a_process_that_holds_the_old(home):
    first = publish(home, docs_dir=None, build_info={})
    with duckdb.connect(str(first / "juesuan.duckdb"), read_only=True) as held:
        add_income(home, 2)
        publish(home, docs_dir=None, build_info={})
        assert incomes(current_build(home)) == [1, 2]
        assert held.execute("SELECT count(*) FROM conformed.fct_income").fetchone() == (1,)


def test_rollback_goes_to_the_previous_or_a_named_build(home):
    first = publish(home, docs_dir=None, build_info={})
    add_income(home, 2)
    second = publish(home, docs_dir=None, build_info={})
    assert rollback(home) == first.name
    assert incomes(current_build(home)) == [1]
    assert [(b.build_id, b.is_current) for b in builds(home)] == [
        (first.name, True),
        (second.name, False),
    ]
    with pytest.raises(PublishError, match=first.name):
        rollback(home)
    assert rollback(home, second.name) == second.name
    assert incomes(current_build(home)) == [1, 2]
    with pytest.raises(PublishError, match="20990101"):
        rollback(home, "20990101T000000000000Z-0000")


def test_only_the_newest_builds_are_kept(home):
    made = [publish(home, docs_dir=None, keep=2, build_info={}).name for _ in range(4)]
    assert [build.build_id for build in builds(home)] == made[2:]
    assert made == sorted(made)


def test_a_clock_set_back_does_not_reorder_builds(home):
    publish(home, docs_dir=None, build_info={})
    folder = home / "published" / "builds"
    [first] = folder.iterdir()
    future = folder / "29990101T000000000000Z-abcd"
    first.rename(future)
    second = publish(home, docs_dir=None, build_info={})
    assert second.name > future.name
    assert current_build(home) == second


def test_a_newer_build_that_is_not_current_is_never_removed(home):
    first = publish(home, docs_dir=None, build_info={})
    second = publish(home, docs_dir=None, build_info={})
    rollback(home, first.name)
    publishing._remove_old_builds(home, keep=1)
    assert [build.path for build in builds(home)] == [first, second]


CRASH = """
import os, signal, sys
from pathlib import Path
from juesuan import publish as publishing
step, home = sys.argv[1], Path(sys.argv[2])
def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
if step == "switch":
    os.replace = die
else:
    publishing._manifest = die
publishing.publish(home, docs_dir=None, build_info={})
"""


@pytest.mark.parametrize("step", ["write", "switch"])
def test_a_killed_publication_leaves_the_current_build_and_is_cleaned_next_time(home, step):
    first = publish(home, docs_dir=None, build_info={})
    add_income(home, 2)
    killed = subprocess.run([sys.executable, "-c", CRASH, step, str(home)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert current_build(home) == first
    assert incomes(current_build(home)) == [1]
    second = publish(home, docs_dir=None, keep=1, build_info={})
    assert incomes(current_build(home)) == [1, 2]
    assert sorted((home / "published" / "builds").iterdir()) == [second]
    assert sorted(path.name for path in (home / "published").iterdir()) == [
        ".lock",
        "builds",
        "current",
        "current.duckdb",
        "parquet",
    ]


def test_a_failed_publication_leaves_no_unfinished_build(home):
    first = publish(home, docs_dir=None, build_info={})
    with pytest.raises(PublishError, match="still see"):
        publish(home, docs_dir=home / "missing", build_info={})
    assert list((home / "published" / "builds").iterdir()) == [first]
    assert current_build(home) == first


def test_a_publisher_waits_for_the_one_before_it(home):
    (home / "published").mkdir()
    publisher = threading.Thread(
        target=publish, args=(home,), kwargs={"docs_dir": None, "build_info": {}}
    )
    with (home / "published" / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        publisher.start()
        publisher.join(timeout=0.5)
        assert publisher.is_alive()
        assert builds(home) == []
    publisher.join()
    assert len(builds(home)) == 1


def test_publishers_at_the_same_time_leave_one_build_each(home):
    made = []
    threads = [
        threading.Thread(
            target=lambda: made.append(publish(home, docs_dir=None, build_info={}).name)
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [build.build_id for build in builds(home)] == sorted(made)
    assert current_build(home).name == max(made)


def test_a_warehouse_open_for_writing_elsewhere_is_a_clear_error(home):
    code = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True);"
        " sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home / "warehouse.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(PublishError, match="another program"):
            publish(home, docs_dir=None, build_info={})


def test_without_warehouse_documents_or_builds_the_error_says_what_to_do(tmp_path):
    with pytest.raises(PublishError, match="run the build first"):
        publish(tmp_path, docs_dir=None, build_info={})
    duckdb.connect(str(tmp_path / "warehouse.duckdb")).close()
    with pytest.raises(PublishError, match="ingest documents first"):
        publish(tmp_path, docs_dir=None, build_info={})
    with pytest.raises(PublishError, match="at least one"):
        publish(tmp_path, docs_dir=None, keep=0, build_info={})
    with pytest.raises(PublishError, match="juesuan refresh"):
        current_build(tmp_path)
    with pytest.raises(PublishError, match="juesuan refresh"):
        rollback(tmp_path)
    assert builds(tmp_path) == []
