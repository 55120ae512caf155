from collections.abc import Iterable
from pathlib import Path
from time import process_time

import pytest

from foundation.errors import ConfigurationError
from retrieval.folding import fold
from retrieval.thesaurus import Expansion, Thesaurus, check_thesaurus, load_thesaurus

SHIPPED = Path(__file__).parents[2] / "retrieval" / "thesaurus.tsv"
HEADER = "official\teveryday\tenglish\tabbreviation"
LINES = (
    "国际图书馆协会联合会\t\tinternational federation of library associations\t国际图联;ifla",
    "儿童;少儿\t小孩*\tchild*;children*\t",
    "未成年人\t小孩*\tminor;child*;children*\t",
    "经费;资金\t掏钱;钱从哪来\tfunding;money\t",
    "图书馆\t\tlibrary\t",
    "高校图书馆\t大学图书馆\tuniversity library\t",
    "馆际互借\t\tinterlibrary loan;inter-library loan\till",
    "课程\t上的课\tcourse\t",
    "信息技术\t\tinformation technology\tict;5g网",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "thesaurus.tsv"


def written(path: Path, lines: Iterable[str], header: str = HEADER) -> Path:
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def small(path: Path) -> Thesaurus:
    return load_thesaurus(written(path, LINES))


@pytest.fixture(scope="module")
def shipped() -> Thesaurus:
    return load_thesaurus(SHIPPED)


def suggested(thesaurus: Thesaurus, question: str) -> set[str]:
    return {term for found in thesaurus.expand(fold(question)) for term in found.official}


def test_an_everyday_word_gives_the_official_ones_and_less_surely_the_english(path: Path) -> None:
    assert small(path).expand("办活动谁掏钱") == [
        Expansion("掏钱", ("经费", "资金"), 1.0),
        Expansion("掏钱", ("funding", "money"), 0.3),
    ]


def test_an_official_word_gives_its_synonyms_but_not_itself(path: Path) -> None:
    official, english = small(path).expand("经费多少")

    assert official == Expansion("经费", ("资金",), 0.7)
    assert english.weight < official.weight


def test_an_english_term_gives_the_chinese_ones_first(path: Path) -> None:
    first, *rest = small(path).expand("what does the money buy")

    assert first == Expansion("money", ("经费", "资金"), 1.0)
    assert [found.official for found in rest] == [("funding",)]


def test_an_abbreviation_gives_the_full_name_and_the_other_short_names(path: Path) -> None:
    assert small(path).expand("ifla是啥")[0].official == ("国际图书馆协会联合会", "国际图联")


def test_a_plural_a_hyphen_or_a_blank_makes_no_difference(path: Path) -> None:
    thesaurus = small(path)

    for wording in ("inter-library loans", "inter library loan", "interlibrary  loans"):
        assert thesaurus.expand(wording)[0].official[0] == "馆际互借", wording
    assert suggested(thesaurus, "Courses at two libraries") >= {"课程", "图书馆"}


def test_a_latin_term_is_found_as_whole_words_only_also_between_chinese_ones(path: Path) -> None:
    thesaurus = small(path)

    assert thesaurus.expand("skill, willing, moneyed, predict") == []
    assert suggested(thesaurus, "用ILL借书") == {
        "馆际互借",
        "interlibrary loan",
        "inter-library loan",
    }


def test_a_phrase_is_not_found_across_other_words(path: Path) -> None:
    assert small(path).expand("university and public library") == small(path).expand("library")


def test_of_overlapping_terms_only_the_longest_counts(path: Path) -> None:
    thesaurus = small(path)

    assert [found.term for found in thesaurus.expand("大学图书馆")] == ["大学图书馆"] * 2
    assert {found.term for found in thesaurus.expand("a university library")} == {
        "university library"
    }


def test_expansions_come_in_the_order_of_the_question(path: Path) -> None:
    found = small(path).expand("钱从哪来,ifla的小孩课程")

    assert list(dict.fromkeys(one.term for one in found)) == ["钱从哪来", "ifla", "小孩", "课程"]


def test_a_term_of_two_concepts_gives_both_with_less_weight(path: Path) -> None:
    found = small(path).expand("小孩能来吗")

    assert {one.official for one in found} >= {("儿童", "少儿"), ("未成年人",)}
    assert all(one.weight < 1 for one in found)


def test_a_question_without_known_terms_is_left_alone(path: Path) -> None:
    thesaurus = small(path)

    assert thesaurus.expand("") == []
    assert thesaurus.expand("🙂 ' OR 1=1 --") == []


def test_headings_are_no_concepts_and_an_empty_file_has_none(path: Path) -> None:
    assert len(load_thesaurus(written(path, ("# money", *LINES))).concepts) == len(LINES)
    assert load_thesaurus(written(path, ())).expand("图书馆") == []


def test_lines_that_are_wrong_do_not_keep_the_rest_from_being_read(path: Path) -> None:
    thesaurus = load_thesaurus(written(path, ("坏行", "经费\t掏钱", "图书馆\t\tLibrary\t\t多")))

    assert suggested(thesaurus, "掏钱建 library") == {"经费", "图书馆"}


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00broken"])
def test_a_file_that_cannot_be_read_is_said_in_one_sentence(
    path: Path, content: bytes | None
) -> None:
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigurationError, match=r"thesaurus\.tsv cannot be read"):
        load_thesaurus(path)


def test_a_sound_file_has_no_problems(path: Path) -> None:
    assert check_thesaurus(written(path, ("# heading", *LINES))) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("经费\t掏钱", "line 2: 2 columns where there must be 4"),
        ("经费\t\t\t", "line 2: at least two columns must be filled"),
        ("\t掏钱\tmoney\t", "line 2: the official column is empty"),
        ("经费\t掏钱;;要钱\t\t", "line 2: an empty term"),
        ("经费\t钱\t\t", "line 2: 钱 has only one character and would be found everywhere"),
        ("经费\t\tMoney\t", "line 2: Money must be written money"),
        ("經費\t掏钱\t\t", "line 2: 經費 must be written 经费"),
        ("经费\t掏钱 \t\t", "line 2: 掏钱 has a blank or a mark too many around it"),
        ("经费;资金\t资金\t\t", "line 2: 资金 stands twice in one line"),
        ("经费\t掏钱*\t\t", "line 2: 掏钱 is marked as shared and stands nowhere else"),
    ],
)
def test_the_checker_names_the_line_and_what_is_wrong(path: Path, line: str, problem: str) -> None:
    assert problem in check_thesaurus(written(path, [line]))


def test_the_checker_finds_what_stands_in_two_lines(path: Path) -> None:
    lines = ("经费\t掏钱\tfund\t", "资金\t掏钱\tfunds\t", "经费\t\tbudget\t")

    assert check_thesaurus(written(path, lines)) == [
        "line 4: 经费 already heads line 2",
        "line 4: 经费 also stands in line 2; mark each with *",
        "line 3: 掏钱 also stands in line 2; mark each with *",
        "line 3: fund also stands in line 2; mark each with *",
    ]


def test_the_checker_wants_the_header(path: Path) -> None:
    assert check_thesaurus(written(path, LINES, header="a\tb"))[0].startswith("line 1: the header")


def test_the_shipped_thesaurus_has_no_problems() -> None:
    assert check_thesaurus(SHIPPED) == []


def test_the_shipped_thesaurus_holds_its_concepts_in_both_languages(shipped: Thesaurus) -> None:
    assert len(shipped.concepts) >= 900
    assert sum(bool(concept.english) for concept in shipped.concepts) >= 900
    assert sum(bool(concept.everyday) for concept in shipped.concepts) >= 900


@pytest.mark.parametrize(
    ("question", "official"),
    [
        ("娃儿弄丢了书要罚钱吗", {"儿童", "未成年人", "罚款", "丢失"}),
        ("浙图有多少本电子书", {"浙江图书馆", "电子图书"}),
        ("國際圖聯的錢從哪來", {"国际图书馆协会联合会", "资金来源"}),
        ("看不见的人怎么借书", {"视障群体", "借阅"}),
        ("What is the deadline for applications?", {"截止时间", "申报"}),
        ("Which cities take part in lifelong learning?", {"城市", "参加", "终身学习"}),
        ("OCLC 和 IMLS 是什么", {"联机计算机图书馆中心", "博物馆与图书馆服务协会"}),
    ],
)
def test_the_shipped_thesaurus_bridges_speech_to_documents(
    shipped: Thesaurus, question: str, official: set[str]
) -> None:
    assert suggested(shipped, question) >= official


def test_the_shipped_thesaurus_leaves_the_small_words_of_english_alone(shipped: Thesaurus) -> None:
    small_words = (
        "who what when where which why how is are was were be do does did can could may might will "
        "would should it its us we you they them this that these those there here about above over "
        "on in at by for from with without as an and or not no but if so than then into out up all "
        "any some more most other such only own same too very just also get make take give go see"
    )

    assert [found.term for found in shipped.expand(small_words)] == []


def test_the_shipped_thesaurus_is_read_and_searched_quickly() -> None:
    def seconds() -> float:
        start = process_time()
        load_thesaurus(SHIPPED)
        return process_time() - start

    assert min(seconds() for _ in range(5)) < 0.08

    thesaurus = load_thesaurus(SHIPPED)
    start = process_time()
    thesaurus.expand("图书馆的预算 library budget " * 400)
    assert process_time() - start < 1
