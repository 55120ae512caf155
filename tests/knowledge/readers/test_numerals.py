import pytest

from knowledge.readers.numerals import labelled, numeral


@pytest.mark.parametrize(
    ("number", "writing", "text"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (12, "decimalFullWidth", "１２"),
        (10, "chineseCountingThousand", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "chineseCountingThousand", "二十"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千零一"),
        (101, "chineseCounting", "一○一"),
        (23, "ideographDigital", "二三"),
        (11, "chineseLegalSimplified", "壹拾壹"),
        (2, "ideographTraditional", "乙"),
        (13, "ideographZodiac", "子"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "decimalEnclosedParen", "⑵"),
        (2, "ideographEnclosedCircle", "㈡"),
        (28, "lowerLetter", "bb"),
        (1994, "upperRoman", "MCMXCIV"),
        (22, "ordinal", "22nd"),
        (112, "ordinal", "112th"),
        (5, "no such writing", "5"),
        (0, "chineseCounting", "0"),
        (10**9, "lowerLetter", "1000000000"),
        (10**9, "upperRoman", "1000000000"),
    ],
)
def test_numbers_are_written_as_their_format_asks(number, writing, text):
    assert numeral(number, writing) == text


def test_a_label_is_spaced_as_print_does():
    assert labelled("第一条", "为了") == "第一条 为了"
    assert labelled("一、", "总则") == "一、总则"
    assert labelled("", "总则") == "总则"
