from collections.abc import Callable

from knowledge.document import Kind, Reading
from tests.outline import kinds, outline, rows, under

Read = Callable[[str], Reading]


def test_a_notice_with_a_regulation_is_a_letter_and_its_annexes(read_document: Read) -> None:
    reading = read_document("notice-with-regulation.txt")
    assert reading.title == ("江城市文化和旅游局关于印发《江城市公共图书馆志愿服务管理办法》的通知")
    assert outline(reading, depth=3) == [
        "附件1",
        "  江城市公共图书馆志愿服务管理办法",
        "    第一章 总则",
        "    第二章 招募与培训",
        "    第三章 附则",
        "附件2",
        "  志愿者登记表",
    ]
    letter = under(reading)
    assert letter[0] == "江城市文化和旅游局文件"
    assert "2023年9月15日" in letter
    assert letter[-1] == "（此件公开发布）"
    assert "附件：1.江城市公共图书馆志愿服务管理办法" in letter


def test_items_of_an_article_stand_in_it_and_so_does_what_follows_them(
    read_document: Read,
) -> None:
    reading = read_document("notice-with-regulation.txt")
    path = ("附件1", "江城市公共图书馆志愿服务管理办法", "第二章 招募与培训", "第三条")
    assert kinds(reading, *path) == ["paragraph", *["item"] * 4, "paragraph"]
    assert under(reading, *path)[-1] == "前款信息应当在活动开始七日前公布。"


def test_minutes_keep_their_head_their_decisions_and_their_signature_apart(
    read_document: Read,
) -> None:
    reading = read_document("meeting-minutes.txt")
    assert reading.title == "临江区图书馆馆务会议纪要"
    assert outline(reading) == [
        "一、关于世界读书日系列活动",
        "二、关于自助设备更新",
        "三、关于暑期开放时间",
    ]
    assert kinds(reading, "一、关于世界读书日系列活动") == ["paragraph", *["item"] * 3]
    assert under(reading, "三、关于暑期开放时间") == [
        "会议同意7月1日至8月31日少儿馆延长开放至20:00，周一闭馆不变。"
    ]
    assert under(reading)[-3:] == [
        "送：馆领导，各部门。",
        "临江区图书馆办公室",
        "2024年3月13日印发",
    ]


def test_rules_without_marks_have_three_ranks_of_headings_and_a_list(read_document: Read) -> None:
    reading = read_document("lending-rules.txt")
    assert reading.title == "青湖县图书馆文献借阅管理办法（试行）"
    assert outline(reading) == [
        "一、读者证办理",
        "  （一）办理对象",
        "  （二）办理方式",
        "    1. 现场办理",
        "    2. 网上办理",
        "    3. 信用办理",
        "二、借阅规则",
        "  （一）借阅数量和期限",
        "  （二）逾期处理",
        "三、赔偿",
        "四、附则",
    ]
    assert kinds(reading, "三、赔偿") == ["paragraph", "item", "item", "item", "paragraph"]
    assert under(reading, "一、读者证办理", "（二）办理方式", "3. 信用办理") == [
        "信用分达到600分的，可免押金办理。"
    ]


def test_an_english_policy_has_numbered_headings_and_whole_paragraphs(read_document: Read) -> None:
    reading = read_document("collection-policy.txt")
    assert reading.title == "COLLECTION DEVELOPMENT POLICY"
    assert outline(reading) == [
        "1 Introduction",
        "  1.1 Purpose",
        "  1.2 Responsibility",
        "    1.2.1 The Director",
        "    1.2.2 Selectors",
        "2 Criteria for Selection",
        "3 Gifts",
        "  3.1 Conditions",
        "  3.2 Memorial Books",
        "4 Review of this Policy",
    ]
    assert under(reading, "1 Introduction", "1.2 Responsibility", "1.2.2 Selectors") == [
        "Selectors are qualified librarians. Each spends no more than 5 percent of the budget on a "
        "single title without the Director's consent."
    ]
    assert kinds(reading, "2 Criteria for Selection") == [
        "paragraph", "item", "item", "item", "item", "paragraph"
    ]  # fmt: skip


def test_a_readme_keeps_code_tables_and_lists_and_drops_what_is_for_machines(
    read_document: Read,
) -> None:
    reading = read_document("readme.md")
    assert reading.title == "Library Opening Hours"
    assert outline(reading) == ["Installing", "Options", "Branches", "  License"]
    assert under(reading)[0] == (
        "build A small service that answers one question: is the library open now?"
    )
    code = under(reading, "Installing")[2]
    assert code.split("\n")[0] == "# this is no heading"
    assert "| neither | is | this | a table |" in code
    assert kinds(reading, "Options")[:4] == ["item"] * 4
    assert {drop.rule for drop in reading.drops} == {
        "code fence", "comment", "entity", "front matter", "link target", "tag"
    }  # fmt: skip


def test_a_readme_has_two_kinds_of_tables(read_document: Read) -> None:
    reading = read_document("readme.md")
    options, branches = reading.tables
    assert options.header == ("Option", "Meaning", "Default")
    assert rows(reading, 0)[2] == ["--days", "days shown | all", ""]
    assert branches.header == ("Branch", "Weekdays", "Weekend")
    assert branches.caption == "Branches and their hours"
    assert rows(reading, 1) == [
        ["Central", "9:00–21:00", "10:00–18:00"],
        ["Harbour", "Closed/until May 2025", ""],
    ]
    assert [reading.passages[note].text for note in branches.notes] == [
        "Note: hours change on public holidays."
    ]


def test_minutes_with_wrapped_lines_are_joined_into_paragraphs(read_document: Read) -> None:
    reading = read_document("friends-minutes.txt")
    assert reading.title == "Minutes of the Annual General Meeting"
    assert outline(reading) == [
        "1. Minutes of the last meeting",
        "2. Treasurer's report",
        "3. Election of officers",
        "4. Any other business",
    ]
    assert under(reading)[1] == (
        "Held on Tuesday 4 June 2024 at 6.30 pm in the Reading Room. Present: 23 members. "
        "Apologies were received from Mrs Hall and Mr Okafor."
    )
    assert len(under(reading, "2. Treasurer's report")) == 1
    assert under(reading, "4. Any other business")[-1] == "The meeting closed at 7.45 pm."


def test_contents_without_leaders_are_dropped_and_their_titles_are_headings(
    read_document: Read,
) -> None:
    reading = read_document("service-standard.txt")
    assert outline(reading) == [
        "前言",
        "一、范围",
        "二、服务资源",
        "  （一）文献资源",
        "  （二）人员",
        "三、服务内容",
        "四、服务评价",
    ]
    assert sum(drop.rule == "contents page" for drop in reading.drops) == 8
    assert under(reading, "前言") == ["本规范由市图书馆学会提出，适用于全市各级公共图书馆。"]


def test_each_question_is_a_section_with_its_answer(read_document: Read) -> None:
    reading = read_document("faq.txt")
    assert outline(reading) == [
        "问：办证需要押金吗？",
        "问：一次可以借几本书？",
        "问：书丢了怎么办？",
        "Q4：图书馆有无线网络吗？",
        "Q5：可以带小朋友进自修室吗？",
    ]
    assert len(under(reading, "问：书丢了怎么办？")) == 2
    assert under(reading, "Q4：图书馆有无线网络吗？") == [
        "A4：有，连接“LIB-FREE”，用读者证号登录。"
    ]


def test_a_price_list_is_tables_with_units_and_a_dash_is_kept(read_document: Read) -> None:
    reading = read_document("price-table.txt")
    assert reading.title == "江城市图书馆服务收费公示"
    assert outline(reading) == ["一、复制打印服务", "二、场地服务", "三、监督电话"]
    copies, rooms = reading.tables
    assert copies.header == ("项目", "单位", "价格（元）", "备注")
    assert copies.caption == "一、复制打印服务"
    assert rows(reading, 0)[3] == ["古籍扫描", "拍", "5.00", "须经批准，善本另议"]
    assert rows(reading, 1)[2] == ["研讨室", "35", "——", "免费"]
    assert reading.passages[rooms.notes[0]].text == "注：公益活动场地费全免。"


def test_a_poem_keeps_its_poet_and_its_lines(read_document: Read) -> None:
    reading = read_document("poem.txt")
    assert reading.title == "观书有感"
    assert outline(reading) == []
    assert under(reading)[:3] == ["朱熹", "半亩方塘一鉴开，天光云影共徘徊。", "问渠那得清如许？"]


def test_a_list_of_regulations_keeps_numbers_and_dates_in_their_items(read_document: Read) -> None:
    reading = read_document("regulations-list.txt")
    assert reading.title == "现行有效的图书馆相关规章制度目录（截至2024年6月30日）"
    assert outline(reading) == ["一、法律法规", "二、部门规章和规范性文件", "三、本馆制度"]
    assert kinds(reading, "二、部门规章和规范性文件") == ["item", "item"]
    assert under(reading, "二、部门规章和规范性文件")[0].startswith(
        "4. 《公共图书馆馆藏文献信息处置管理办法》（文旅公共发〔2022〕131号"
    )


def test_a_policy_in_traditional_script_has_its_own_ladder(read_document: Read) -> None:
    reading = read_document("traditional-policy.txt")
    assert outline(reading) == [
        "壹、緒論",
        "  一、目的",
        "  二、服務對象",
        "貳、館藏範圍",
        "  一、圖書資料",
        "  二、非書資料",
        "參、館藏維護",
        "肆、附則",
    ]
    assert kinds(reading, "貳、館藏範圍", "一、圖書資料") == ["item"] * 3
    assert under(reading) == ["中華民國一一二年五月二十日"]


def test_a_plan_in_markdown_has_bold_lead_ins_a_table_and_a_footnote(read_document: Read) -> None:
    reading = read_document("reading-plan.md")
    assert outline(reading) == [
        "一、工作目标",
        "二、重点任务",
        "  （一）优化阅读空间",
        "  （二）丰富阅读活动",
        "  （三）保障特殊群体",
        "三、进度安排",
        "四、联系方式",
    ]
    assert under(reading, "二、重点任务", "（一）优化阅读空间") == [
        "新建城市书房12家，改造农家书屋60家；每家面积不少于100m²。"
    ]
    goal = next(passage for passage in reading.passages if "6.2本" in passage.text)
    assert goal.text.startswith("到2025年底，全市人均年阅读量达到6.2本，")
    assert [reading.passages[note].text for note in goal.notes] == [
        "[1] 数据来源：2024年全市居民阅读状况调查。"
    ]
    assert rows(reading, 0)[2] == ["总结", "11—12月", "验收/表彰"]


def test_sentences_cut_by_pages_are_whole_and_page_numbers_gone(read_document: Read) -> None:
    reading = read_document("page-cut-plan.txt")
    assert under(reading) == [
        "2024年是实施“十四五”规划的关键一年，全馆将围绕高质量发展，统筹推进新馆建设、服务提升和队伍建设，"
        "努力开创各项工作新局面。"
    ]
    assert "外借文献150万册次" in under(reading, "第一部分 总体要求")[0]
    assert under(reading, "第二部分 主要任务", "2.加强队伍建设") == [
        "全年组织业务培训不少于12次，选派3名馆员赴外馆交流学习，实现培训全员覆盖。"
    ]
    assert [drop.rule for drop in reading.drops] == ["page number"] * 3


def test_an_english_standard_has_chapters_articles_and_an_appendix(read_document: Read) -> None:
    reading = read_document("english-standard.md")
    assert outline(reading) == [
        "Chapter 1 General",
        "  Section 1.1 Scope",
        "  Section 1.2 Terms",
        "Chapter 2 Staff",
        "  Article 1",
        "  Article 2",
        "Appendix A Checklist",
    ]
    assert kinds(reading, "Appendix A Checklist") == ["item"] * 5
    assert under(reading, "Chapter 2 Staff", "Article 2") == [
        "Article 2. Staff receive at least 20 hours of training a year."
    ]


def test_every_document_says_of_what_kind_each_passage_is(read_document: Read) -> None:
    reading = read_document("reading-plan.md")
    assert {passage.kind for passage in reading.passages} == {
        Kind.HEADING, Kind.PARAGRAPH, Kind.ROW, Kind.NOTE
    }  # fmt: skip
