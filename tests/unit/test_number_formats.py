"""Numbers of workbooks as they are shown: the printed precision is part of what is stated."""

import pytest

from ingest.readers.number_formats import show_number

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1046.7, "General", "1046.7"),
        (1046.7, "0.00", "1046.70"),
        (1046.7, "#,##0.00", "1,046.70"),
        (1046.7, "#,##0", "1,047"),
        (0, "0.00", "0.00"),
        (0, "#,###", ""),
        (0, ";;;", ""),
        (0, ACCOUNTING, "-"),
        (-5.125, ACCOUNTING, "-5.13"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (0.9567, "0.00%", "95.67%"),
        (0.5, "0%", "50%"),
        (7, '0.00"万元"', "7.00万元"),
        (7, "[$¥-804]#,##0.00", "¥7.00"),
        (12345, "0\\.0,", "1.2"),
        (1234567, "#,##0,", "1,235"),
        (2010301, "General", "2010301"),
        (2010301, "@", "2010301"),
        (5, "000", "005"),
        (123456.789, "#,##0.##", "123,456.79"),
        (12, "0.##", "12."),
        (7, "[>=10]0.0;0.00", "7.00"),
    ],
)
def test_a_number_is_shown_in_its_format(value, code, shown):
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (1.005, "0.00", "1.01"),
        (2.675, "0.00", "2.68"),
        (1234567.891234, "General", "1234567.891"),
        (12345678901.234, "General", "12345678901"),
        (-0.001, "0.00", "0.00"),
    ],
)
def test_digits_that_only_the_binary_number_has_are_not_shown(value, code, shown):
    assert show_number(value, code) == shown


def test_a_negative_that_is_only_red_keeps_its_sign():
    assert show_number(-5, "#,##0.00;[Red]#,##0.00") == "-5.00"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (44927, "yyyy/m/d", "2023/1/1"),
        (44927, 'yyyy"年"m"月"d"日"', "2023年1月1日"),
        (44927.75, "yyyy-mm-dd hh:mm:ss", "2023-01-01 18:00:00"),
        (44927, "[$-804]yyyy-mm", "2023-01"),
        (0.5, "h:mm", "12:00"),
    ],
)
def test_a_date_is_shown_in_its_format(value, code, shown):
    assert show_number(value, code) == shown


def test_workbooks_of_old_macintoshes_count_from_1904():
    assert show_number(43465, "yyyy/m/d", from_1904=True) == "2023/1/1"
