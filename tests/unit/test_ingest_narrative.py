"""Figures of the prose: sections, sentences, lines broken over blank lines and pages."""

from ingest.document import Document, Line
from ingest.narrative import read_narrative
from ingest.readers.text import parse_text
from ingest.tables import assemble


def figures(text):
    return read_narrative(assemble(parse_text(text))).figures


def printed(text):
    return [(f.figure_text, f.unit_text) for f in figures(text)]


def test_numbers_units_and_offsets():
    text = "总支出1,290.94万元，占３９.８９％；车辆 47 辆，接待53批次、903人次。"
    assert printed(text) == [
        ("1,290.94", "万元"),
        ("39.89", "%"),
        ("47", "辆"),
        ("53", "批次"),
        ("903", "人次"),
    ]
    for figure in figures(text):
        start = figure.start_offset
        assert figure.sentence[start : start + len(figure.figure_text)] == figure.figure_text
    assert [f.sentence_number for f in figures(text)] == [1, 1, 2, 2, 2]


def test_full_width_comma_never_joins_two_numbers():
    assert printed("收、支各是123，456万元。") == [("123", None), ("456", "万元")]


def test_list_numbers_are_no_figures():
    assert printed("- 1、财政拨款收入5万元。\n- 2、事业收入0万元。") == [
        ("5", "万元"),
        ("0", "万元"),
    ]


def test_sections_and_headings_with_prose_behind_them():
    found = figures(
        "目 录\n\n一、收入情况说明 ...... 3\n\n第一部分 概况\n\n第一部分 概况\n\n"
        "一、收入情况说明\n\n(一) 结构情况\n\n收入1万元。\n\n（二）具体情况。收入2万元。\n\n"
        "二、支出情况说明\n\n支出3万元。\n"
    )
    assert [(f.section_zh, f.figure_text) for f in found] == [
        ("一、收入情况说明/(一)结构情况", "1"),
        ("一、收入情况说明/(二)具体情况", "2"),
        ("二、支出情况说明", "3"),
    ]


def test_sentence_broken_over_a_blank_line():
    found = figures(
        "截至年末，本部门共有车辆71辆，其中主要领导干部用车和其他用车47\n\n辆，设备3台。\n"
    )
    assert [(f.figure_text, f.unit_text, f.line_number) for f in found] == [
        ("71", "辆", 1),
        ("47", "辆", 1),
        ("3", "台", 3),
    ]


def test_sentence_broken_over_a_page():
    lines = (Line("本年收入合计 307.82", 1), Line("- 1 -", 1), Line("万元，占 100.00%。", 2))
    found = read_narrative(assemble(Document("application/pdf", 2, lines))).figures
    assert [(f.figure_text, f.unit_text, f.page_number) for f in found] == [
        ("307.82", "万元", 1),
        ("100.00", "%", 2),
    ]
    assert found[0].sentence == "本年收入合计307.82万元，占100.00%。"


def test_sentences_without_figures_are_kept():
    found = read_narrative(
        assemble(parse_text("2、上级补助收入0万元。与上年一致。\n\n没有收支。\n"))
    )
    assert [(s.sentence, s.paragraph_number, s.line_number) for s in found.sentences] == [
        ("2、上级补助收入0万元。", 1, 1),
        ("与上年一致。", 1, 1),
        ("没有收支。", 2, 3),
    ]


def test_sentences_joined_are_the_paragraph_and_offsets_count_in_it():
    text = "总支出1,290.94 万元，\n占39.89％。与2019年\n相比，减少 44.26万元；下降3.31%\n"
    found = read_narrative(assemble(parse_text(text)))
    paragraph = "".join(s.sentence for s in found.sentences)
    assert paragraph == "总支出1,290.94万元，占39.89%。与2019年相比，减少44.26万元；下降3.31%"
    for sentence in found.sentences:
        assert paragraph.startswith(sentence.sentence, sentence.paragraph_offset)
    sentences = {s.sentence_number: s for s in found.sentences}
    assert [f.figure_text for f in found.figures] == ["1,290.94", "39.89", "2019", "44.26", "3.31"]
    for figure in found.figures:
        assert paragraph.startswith(figure.figure_text, figure.paragraph_offset)
        begins = sentences[figure.sentence_number].paragraph_offset
        assert figure.paragraph_offset - begins == figure.start_offset
