"""The names of a sentence, held against its evidence."""

import pytest

from retrieval.bridging import shipped_thesaurus
from retrieval.claims.names import stray_names


def others(folded: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(e.term, e.official) for e in shipped_thesaurus().expand(folded)]


@pytest.mark.parametrize(
    ("sentence", "quoted"),
    [
        ("《公共图书馆法》规定了这一点。", "依据《公共图书馆法》"),
        ("规划提出“服务社会”。", "传承文明、服务社会"),
        ("IFLA 提供培训。", "国际图联提供培训"),
        ("国际图联提供培训。", "IFLA provides training"),
        ("数字资源为500TB。", "数字资源总量(TB)"),
        ("The Zhejiang Library holds the IFLA materials.", "浙江图书馆收藏国际图联资料"),
        ("Training is offered to Emerging leaders.", "为新兴领导者提供培训"),
        ("The General Assembly of the Federation decides in May.", "全体大会决定"),
        ("馆长负责。", "由馆长负责"),
    ],
)
def test_a_name_known_by_any_of_its_names_is_no_stranger(sentence: str, quoted: str) -> None:
    assert stray_names(sentence, quoted, "", others) == []


@pytest.mark.parametrize(
    ("sentence", "quoted", "stray"),
    [
        ("《图书馆法》规定了这一点。", "依据《公共文化法》", "图书馆法"),
        ("规划提出“一人一证”。", "规划提出服务社会", "一人一证"),
        ("UNESCO 提供培训。", "国际图联提供培训", "UNESCO"),
        ("上海的图书馆也这样。", "图书馆这样做", "上海"),
        ("馆长是王建国。", "馆长负责", "王建国"),
        ("李华教授指出了这一点。", "有人指出了这一点", "李华"),
        ("It was decided by Smith in Paris.", "全体大会决定", "Smith"),
        ("数字资源为500GB。", "数字资源总量(TB)", "GB"),
    ],
)
def test_a_name_that_stands_nowhere_is_found(sentence: str, quoted: str, stray: str) -> None:
    assert stray in stray_names(sentence, quoted, "", others)


def test_what_stands_around_the_quote_counts_too() -> None:
    assert stray_names("浙江的目标是500TB。", "500TB", "浙江图书馆发展规划", others) == []
