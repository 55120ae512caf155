from retrieval.folding import fold
from retrieval.gate import demands, unknown_names
from retrieval.question import analyse


def _missing(question: str, evidence: str) -> tuple[str, ...]:
    return demands(analyse(question), []).missing(fold(evidence))


def test_a_year_that_the_evidence_lacks_is_missed() -> None:
    assert _missing("2023年的藏量是多少", "2020年藏量为100万册") == ("2023",)
    assert _missing("2020年的藏量是多少", "二〇二〇年藏量为100万册") == ()


def test_another_library_is_not_the_library_asked_for() -> None:
    assert "宁波图书馆" in _missing(
        "宁波图书馆的目标是多少", "浙江图书馆的目标，服务宁波等地图书馆"
    )
    assert _missing("宁波图书馆的目标", "宁波市图书馆的目标") == ()


def test_the_third_is_not_the_second() -> None:
    assert _missing("第三届论坛在哪开", "第二届论坛在杭州召开")


def test_numbered_parts_are_told_apart_however_they_are_written() -> None:
    assert _missing("影响力领域二讲什么", "影响力领域 2：合作") == ()
    assert _missing("影响力领域二讲什么", "影响力领域 3：变革")


def test_the_holder_of_an_office_needs_the_office() -> None:
    assert _missing("现任主席是谁", "秘书处负责联络")


def test_other_names_of_a_place_count() -> None:
    found = demands(analyse("美国的做法"), [("美国", ("usa",))])

    assert found.missing("practice in the usa") == ()


def test_an_english_question_for_another_library_is_not_answered_for_this_one() -> None:
    evidence = "浙江图书馆的愿景，与上海等地合作"

    assert _missing("What is the vision of Shanghai Library?", evidence) == ("Shanghai Library",)
    assert _missing("What is the vision of Zhejiang Library?", evidence) == ()


def test_an_english_question_for_the_holder_of_an_office_needs_the_office() -> None:
    assert _missing("Who is the president of IFLA?", "国际图联支持协会的发展") == ("president",)
    assert _missing("Who is the president of IFLA?", "国际图联主席由选举产生") == ()


def test_a_name_that_nothing_knows_is_missed() -> None:
    question = analyse("What does Brexit mean for IFLA?")

    assert unknown_names(question, ["ifla"], "国际图联") == ("Brexit",)
    assert unknown_names(question, ["ifla"], "after brexit") == ()
