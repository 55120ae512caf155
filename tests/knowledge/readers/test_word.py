import time
import zipfile
from copy import deepcopy
from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from foundation.errors import UnreadableDocument
from knowledge.readers.word import read_word
from knowledge.source import Role


def saved(document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def p(text: str, properties: str = "", run: str = "") -> str:
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr>"
        f'<w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def numbered(text: str, number: int, depth: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, writing: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{writing}"/>'
        f'{more}<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def test_text_lists_and_tables_come_in_their_true_order(shown):
    document = Document()
    document.add_paragraph("表前。")
    table = document.add_table(rows=2, cols=3)
    for place, text in enumerate(("序号", "指标", "2025年", "1", "藏书", "1.2")):
        table.cell(*divmod(place, 3)).text = text
    document.add_paragraph("表后。")
    document.add_paragraph("要点", style="List Bullet")
    document.add_paragraph("要点之一", style="List Bullet 2")

    source = read_word(saved(document))

    assert shown(source) == [
        "text 表前。",
        "row! 序号 | 指标 | 2025年",
        "row 1 | 藏书 | 1.2",
        "text 表后。",
        "item1 要点",
        "item2 要点之一",
    ]


def test_heading_styles_give_levels_below_the_title_style(shown):
    document = Document()
    document.add_heading("发展规划", 0)
    document.add_heading("总体要求", 1)
    document.add_heading("指导思想", 2)
    document.add_paragraph("正文。")

    source = read_word(saved(document))

    assert source.title == "发展规划"
    assert shown(source) == [
        "heading1 发展规划",
        "heading2 总体要求",
        "heading3 指导思想",
        "text 正文。",
    ]


def test_headings_are_known_by_outline_level_base_style_and_name(word_file, shown):
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="公文二级"/><w:pPr>'
        '<w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="我的"/><w:basedOn w:val="b"/>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="d"><w:name w:val="三级标题"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="e"><w:name w:val="循环"/><w:basedOn w:val="e"/>'
        "</w:style>"
    )
    body = "".join(p(f"行{name}", f'<w:pStyle w:val="{name}"/>') for name in "abcde")
    body += p("行内", '<w:outlineLvl w:val="3"/>')
    body += p("取消", '<w:pStyle w:val="b"/><w:outlineLvl w:val="9"/>')

    source = read_word(word_file(body, styles=styles))

    assert shown(source) == [
        "heading1 行a", "heading2 行b", "heading2 行c", "heading3 行d", "text 行e",
        "heading4 行内", "text 取消",
    ]  # fmt: skip


def test_centred_lines_at_the_top_are_the_title_when_no_style_names_it(shown):
    document = Document()
    for text, size in (
        ("杭州市文化局文件", 36),
        ("杭文〔2021〕5号", 12),
        ("公共图书馆事业发展", 22),
        ("“十四五”规划", 22),
    ):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).font.size = size * 12700
    document.add_paragraph("各区、县（市）图书馆：")
    document.add_heading("一、总体要求", 1)
    document.add_paragraph("正文。")

    source = read_word(saved(document))

    assert source.title == "公共图书馆事业发展“十四五”规划"
    assert shown(source) == [
        "text 杭州市文化局文件",
        "text 杭文〔2021〕5号",
        "heading1 公共图书馆事业发展“十四五”规划",
        "text 各区、县（市）图书馆：",
        "heading2 一、总体要求",
        "text 正文。",
    ]


def test_automatic_numbers_are_written_as_a_person_sees_them(word_file, shown):
    numbering = abstract(
        0,
        level(0, "chineseCountingThousand", "第%1章"),
        level(1, "chineseCounting", "%2、"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
        level(3, "decimalEnclosedCircle", "%4"),
        level(4, "lowerLetter", "%5)"),
    ) + num(1, 0)
    body = "".join(
        numbered(text, 1, depth)
        for text, depth in (
            ("总则", 0), ("目的", 1), ("适用范围", 1), ("细目", 2), ("圈", 3), ("字母", 4),
            ("附则", 0), ("施行", 1),
        )
    )  # fmt: skip

    source = read_word(word_file(body, numbering=numbering))

    assert shown(source) == [
        "item1 第一章 总则", "item2 一、目的", "item2 二、适用范围", "item3 1.2.1 细目",
        "item4 ① 圈", "item5 a) 字母", "item1 第二章 附则", "item2 一、施行",
    ]  # fmt: skip


def test_articles_go_on_counting_through_chapters_where_the_file_says_so(word_file, shown):
    numbering = abstract(
        0,
        level(0, "chineseCountingThousand", "第%1章"),
        level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
    ) + num(1, 0)
    body = "".join(numbered("文", 1, depth) for depth in (0, 1, 1, 0, 1))

    source = read_word(word_file(body, numbering=numbering))

    assert [line.split()[1] for line in shown(source)] == [
        "第一章",
        "第一条",
        "第二条",
        "第二章",
        "第三条",
    ]


def test_lists_that_share_a_definition_go_on_and_those_that_override_it_start_anew(
    word_file, shown
):
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, restart)
    body = "".join(numbered("项", number) for number in (1, 1, 2, 3, 3))

    source = read_word(word_file(body, numbering=numbering))

    assert [line.split()[1] for line in shown(source)] == ["1.", "2.", "3.", "1.", "2."]


def test_numbers_of_a_style_and_their_removal_on_one_paragraph(word_file, shown):
    numbering = abstract(0, level(0, "japaneseCounting", "（%1）")) + num(1, 0)
    styles = (
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="条"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = (
        p("甲", '<w:pStyle w:val="t"/>')
        + p("无号", '<w:pStyle w:val="t"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("乙", '<w:pStyle w:val="t"/>')
    )

    source = read_word(word_file(body, numbering=numbering, styles=styles))

    assert shown(source) == ["item1 （一）甲", "text 无号", "item1 （二）乙"]


def test_footnotes_stand_at_the_end_and_their_marks_are_not_glued_into_the_text(word_file, shown):
    body = (
        "<w:p><w:r><w:t>人均藏量</w:t></w:r><w:r><w:footnoteReference w:id='7'/></w:r>"
        "<w:r><w:t>达到1.2册。</w:t></w:r><w:r><w:endnoteReference w:id='3'/></w:r></w:p>"
        "<w:p><w:r><w:t>后文</w:t></w:r><w:r><w:footnoteReference w:id='8'/></w:r></w:p>"
    )
    note = (
        "<w:footnote w:id='{}'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{}</w:t></w:r></w:p>"
        "</w:footnote>"
    )
    footnotes = "<w:footnote w:id='-1' w:type='separator'><w:p/></w:footnote>"
    footnotes += note.format(8, "后注。") + note.format(7, "按常住人口计。")
    endnotes = "<w:endnote w:id='3'><w:p><w:r><w:t>尾注。</w:t></w:r></w:p></w:endnote>"

    source = read_word(word_file(body, footnotes=footnotes, endnotes=endnotes))

    assert shown(source) == [
        "text 人均藏量达到1.2册。 ^1,i",
        "text 后文 ^2",
        "note 按常住人口计。 ^1",
        "note 尾注。 ^i",
        "note 后注。 ^2",
    ]


def test_typed_superscripts_are_marks_after_words_and_exponents_after_measures(shown):
    document = Document()
    paragraph = document.add_paragraph("藏书量")
    for text, raised in (
        ("[", True),
        ("1", True),
        ("]", True),
        ("每千人20m", False),
        ("2", True),
        ("。", False),
    ):
        paragraph.add_run(text).font.superscript = raised

    assert shown(read_word(saved(document))) == ["text 藏书量每千人20m²。 ^1"]


def test_deleted_text_stays_out_and_inserted_text_comes_in(word_file, shown):
    body = (
        "<w:p><w:r><w:t>保留</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>增加</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "</w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>后半句。</w:t></w:r></w:p>"
    )

    assert shown(read_word(word_file(body))) == ["text 保留增加", "text 前半句后半句。"]


def test_links_content_controls_fields_and_formulas_keep_their_text(word_file, shown):
    body = (
        '<w:p><w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
        "<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:fldSimple w:instr="DATE"><w:r><w:t>2021年</w:t></w:r></w:fldSimple>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den>"
        "</m:f></m:oMath></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>块控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )

    assert shown(read_word(word_file(body))) == ["text 链接控件2021年a/b", "text 块控件"]


def test_a_text_box_is_read_once_although_it_is_written_for_old_and_new_programs(word_file, shown):
    inside = "<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>框外</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p>"
    )

    assert shown(read_word(word_file(body))) == ["text 框外", "text 框内文字"]


def test_merged_cells_let_every_row_stand_alone(shown):
    document = Document()
    table = document.add_table(rows=5, cols=4)
    rows = (
        ("表1 主要指标", "", "", ""),
        ("指标", "单位", "目标值", ""),
        ("", "", "2020年", "2025年"),
        ("藏书", "册", "0.9", "1.2"),
        ("", "万册", "90", "120"),
    )
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text:
                table.cell(r, c).text = text
    for first, last in (
        ((0, 0), (0, 3)),
        ((1, 0), (2, 0)),
        ((1, 1), (2, 1)),
        ((1, 2), (1, 3)),
        ((3, 0), (4, 0)),
    ):
        merged = table.cell(*first).merge(table.cell(*last))
        merged.text = merged.text.strip()

    source = read_word(saved(document))

    assert shown(source) == [
        "text 表1 主要指标",
        "row! 指标 | 单位 | 目标值 2020年 | 目标值 2025年",
        "row 藏书 | 册 | 0.9 | 1.2",
        "row 藏书 | 万册 | 90 | 120",
    ]
    assert {len(block.cells) for block in source.blocks if block.role is Role.ROW} == {4}


def test_lists_and_tables_inside_a_cell_become_its_parts():
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "影响", "指标"
    table.cell(1, 0).text = "能力提升"
    table.cell(1, 1).text = "人数"
    table.cell(1, 1).add_paragraph("满意度", style="List Number")
    inner = table.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内", "表"

    source = read_word(saved(document))

    assert source.blocks[-1].cells == (("能力提升",), ("人数", "1. 满意度", "内 表"))


def test_a_form_is_not_given_a_header_row():
    document = Document()
    table = document.add_table(rows=2, cols=4)
    for place, text in enumerate(
        ("单位名称", "杭州馆", "联系电话", "0571", "地址", "某路", "姓名", "张三")
    ):
        table.cell(*divmod(place, 4)).text = text

    assert not any(block.is_header for block in read_word(saved(document)).blocks)


def test_a_frame_of_one_cell_is_no_table(shown):
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "专栏"
    cell.add_paragraph("框中一段。")

    assert shown(read_word(saved(document))) == ["text 专栏", "text 框中一段。"]


def test_line_breaks_join_titles_and_part_what_begins_anew(shown):
    document = Document()
    heading = document.add_heading("公共图书馆", 1)
    heading.add_run().add_break()
    heading.add_run("发展规划")
    paragraph = document.add_paragraph("第一条 本办法适用于")
    for text in ("全市。", "第二条 本办法自发布之日起施行。"):
        paragraph.add_run().add_break()
        paragraph.add_run(text)

    assert shown(read_word(saved(document))) == [
        "heading1 公共图书馆发展规划",
        "text 第一条 本办法适用于全市。",
        "text 第二条 本办法自发布之日起施行。",
    ]


def test_a_generated_contents_list_is_kept_as_furniture(word_file, shown):
    styles = '<w:style w:type="paragraph" w:styleId="m"><w:name w:val="toc 1"/></w:style>'
    listed = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
    )
    body = listed + p("一、总体要求 3", '<w:pStyle w:val="m"/>') + p("正文。")

    source = read_word(word_file(body, styles=styles))

    assert shown(source) == ["furniture 目录", "furniture 一、总体要求 3", "text 正文。"]
    assert [block.rule for block in source.blocks] == ["contents", "contents", ""]


def test_running_heads_and_comments_stay_out(shown):
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.add_comment(document.add_paragraph("正文。").runs, text="批注")

    assert shown(read_word(saved(document))) == ["text 正文。"]


def test_hidden_text_and_pictures_are_reported(word_file):
    body = p("可见") + p("不可见", run="<w:vanish/>")

    source = read_word(word_file(body))

    assert source.text == "可见\n"
    assert source.warnings == ("Characters of hidden text that were left out: 3.",)


def test_spans_point_at_the_text_of_their_blocks():
    document = Document()
    document.add_heading("标题", 1)
    document.add_paragraph("  两端有空格  ")
    document.add_table(rows=1, cols=2).cell(0, 0).text = "格"

    source = read_word(saved(document))

    assert all(source.text[b.span.start : b.span.end] == b.text for b in source.blocks)


def test_links_to_parts_that_do_not_exist_do_no_harm(word_file, zip_of, shown):
    archive = zipfile.ZipFile(BytesIO(word_file(p("正文。"))))
    members = {name: archive.read(name) for name in archive.namelist()}
    relations = members["word/_rels/document.xml.rels"].decode()
    members["word/_rels/document.xml.rels"] = relations.replace(
        "></Relationships>",
        '><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/image" Target="NULL"/></Relationships>',
    )

    assert shown(read_word(zip_of(members))) == ["text 正文。"]


def test_strict_documents_and_those_with_macros_are_read(word_file, zip_of, shown):
    archive = zipfile.ZipFile(BytesIO(word_file(p("正文。"))))
    members = {name: archive.read(name).decode() for name in archive.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    members["_rels/.rels"] = members["_rels/.rels"].replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )

    assert shown(read_word(zip_of(members))) == ["text 正文。"]


def test_a_document_without_text_is_refused_with_advice(word_file):
    with pytest.raises(UnreadableDocument, match="no text"):
        read_word(word_file("<w:p/>"))


@pytest.mark.slow
def test_three_hundred_pages_take_a_few_seconds():
    document = Document()
    body = document.element.body
    row = document.add_paragraph(
        "第一条 为了规范公共图书馆服务，保障公民基本文化权益，制定本办法。" * 3
    )
    for _ in range(300 * 20):
        body.insert(0, deepcopy(row._p))
    data = saved(document)

    start = time.perf_counter()
    source = read_word(data)

    assert len(source.blocks) == 6001
    assert time.perf_counter() - start < 5
