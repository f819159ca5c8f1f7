"""ZIP archives: members are documents of their own, and hostile archives do no harm."""

import zipfile
from io import BytesIO

import duckdb
import pytest

from ingest import archives, ingest_paths
from ingest.readers import sniff

FORM = "2020年度\n{name}\n部门决算\n\n收入决算表\n\n单位：万元\n\n项目\t合计\n合计\t5.00\n"


def disclosure(name="某市档案馆"):
    return FORM.format(name=name).encode()


def zipped(members, **kwargs):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **kwargs) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture
def read(tmp_path):
    """Ingest one archive; returns results by name and the rows of raw.documents."""

    def run(data, manifest=None):
        inbox = tmp_path / "inbox"
        inbox.mkdir(exist_ok=True)
        (inbox / "a.zip").write_bytes(data)
        if manifest:
            (inbox / "manifest.csv").write_text(manifest, encoding="utf-8")
        report = ingest_paths([inbox], tmp_path / "home", workers=1)
        return {result.file_name: result for result in report.results}

    def query(sql):
        with duckdb.connect(str(tmp_path / "home" / "warehouse.duckdb"), read_only=True) as found:
            return found.execute(sql).fetchall()

    run.query = query
    return run


def test_members_are_documents_of_their_own(read):
    inner = zipped({"d.txt": disclosure("某市史志馆")})
    skipped = dict.fromkeys(("__MACOSX/c.txt", ".hidden", "README.txt"), disclosure("某市某馆"))
    results = read(zipped({"公开/c.txt": disclosure(), "inner.zip": inner, **skipped}))
    assert {name: result.status for name, result in results.items()} == {
        "a.zip/inner.zip/d.txt": "loaded",
        "a.zip/公开/c.txt": "loaded",
    }
    assert read.query("SELECT department_name_zh FROM raw.documents ORDER BY 1") == [
        ("某市史志馆",),
        ("某市档案馆",),
    ]


def test_an_archive_read_again_changes_nothing(read):
    data = zipped({"c.txt": disclosure()})
    read(data)
    assert [result.status for result in read(data).values()] == ["unchanged"]


def test_names_in_gbk_are_read_as_such(read):
    data = zipped({"gongkai.txt": disclosure()}).replace(
        b"gongkai.txt", "决算a.txt".encode("gbk")[:11].ljust(11, b"x")
    )
    names = list(read(data))
    assert names == ["a.zip/决算a.txtxx"]


def test_a_manifest_inside_counts_for_its_members_over_the_one_beside(read):
    inside = "file,department\nc.txt,某市史志馆\n"
    beside = "file,year,department\na.zip,2019,某市某馆\n"
    read(zipped({"c.txt": disclosure(), "manifest.csv": inside}), beside)
    assert read.query("SELECT department_name_zh, fiscal_year FROM raw.documents") == [
        ("某市史志馆", 2019)
    ]


def deep():
    data = disclosure()
    for _ in range(archives.MAX_DEPTH + 1):
        data = zipped({"c.zip" if data[:2] == b"PK" else "c.txt": data})
    return data


def encrypted():
    data = bytearray(zipped({"c.txt": disclosure()}))
    data[6] |= 1
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    return bytes(data)


def damaged():
    data = zipped({"c.txt": disclosure() * 50})
    return data[:40] + b"\xff" * 20 + data[60:]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (deep, "先解压"),
        (encrypted, "密码"),
        (damaged, "解不开"),
        (lambda: zipped({"c.txt": disclosure()})[:60], "已损坏"),
        (lambda: zipped({"manifest.csv": "colour\nred\n", "c.txt": disclosure()}), "manifest.csv"),
        (lambda: zipped({"manifest.csv": "文件".encode("gbk")}), "UTF-8"),
    ],
)
def test_an_archive_that_cannot_be_unpacked_says_why(read, make, sentence):
    (result,) = read(make()).values()
    assert result.status == "rejected"
    assert sentence in result.reason
    assert " / " in result.reason


def test_bombs_are_not_unpacked(read, monkeypatch):
    monkeypatch.setattr(sniff, "FREE_BYTES", 1000)
    (result,) = read(zipped({"c.txt": b"0" * 1_000_000})).values()
    assert "超出上限" in result.reason


def test_too_many_members_are_not_unpacked(read, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    (result,) = read(zipped({f"{n}.txt": disclosure() for n in range(3)})).values()
    assert "超过 2 个" in result.reason


def test_the_archives_of_a_run_have_a_limit_together(read, monkeypatch):
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 100)
    (result,) = read(zipped({"c.txt": disclosure()})).values()
    assert "分批" in result.reason


def test_nothing_is_written_outside_the_folder(tmp_path):
    unpacker = archives.Unpacker(tmp_path / "scratch")
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"../../out.txt": b"1", "/abs.txt": b"2", "a\\b.txt": b"3"}))
    members = list(unpacker.members_of(archives.Member(path, "a.zip")))
    assert all(m.path.resolve().is_relative_to(tmp_path / "scratch") for m in members)
    assert sorted(m.name for m in members) == ["a.zip/a/b.txt", "a.zip/abs.txt", "a.zip/out.txt"]
