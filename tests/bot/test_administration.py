"""Administration in the chat: a file becomes a document, a gap gets its answer."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.speech import Address, IncomingFile, Message, Reply, plain
from bot.wiring import App, open_app
from foundation.clock import FixedClock
from foundation.settings import Settings
from tests.golden import check_golden

RULES = """# 团体借阅办法

## 一、适用范围

本办法适用于机关、学校和企业的团体读者。

## 二、借阅数量

团体读者一次可以借三十本书，借期六十天。

## 三、逾期处理

逾期一个月以上的，暂停借阅三个月。
"""


class Office:
    """An app of its own, and what people say to it."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.assistant = Assistant(app, frozenset({("telegram", "1")}), shows_pictures=False)

    def hear(self, name: str, text: str = "", action: str = "", chat: str = "") -> list[Reply]:
        address = Address("telegram", name)
        message = Message(address, self.app.clock(), text=text, action=action, chat=chat)
        return list(self.assistant.hear(message))

    def send(self, name: str, file: str, data: bytes, chat: str = "") -> list[Reply]:
        sent = IncomingFile(file, len(data), lambda: data)
        address = Address("telegram", name)
        return list(self.assistant.hear(Message(address, self.app.clock(), file=sent, chat=chat)))

    def tap(self, name: str, replies: list[Reply], label: str) -> list[Reply]:
        found = [b for r in replies for row in r.buttons for b in row if label in b.label]
        return self.hear(name, action=found[0].action)


def said(replies: list[Reply]) -> str:
    return "\n".join(plain(reply.text) or reply.notice for reply in replies)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    app = open_app(
        Settings(home=tmp_path / "home"), FixedClock(datetime(2026, 11, 21, 4, tzinfo=UTC))
    )
    yield Office(app)
    app.engine.dispose()


def test_an_administrator_loads_replaces_and_retires(office: Office) -> None:
    lines: list[str] = []

    def heard(label: str, replies: list[Reply]) -> list[Reply]:
        shown = [re.sub(r"a\.doc\S+", "", said([reply])) for reply in replies]
        buttons = [b.label for row in replies[-1].buttons for b in row]
        lines.append("\n".join([f"> {label}", *shown, f"  {buttons}" if buttons else "", ""]))
        return replies

    office.hear("7", "团体读者一次能借多少本书？")
    unanswered = office.hear("7", "团体读者一次能借多少本书？")
    office.tap("7", unanswered, "问馆员")
    sent = heard("发来 团体借阅办法.md", office.send("1", "团体借阅办法.md", RULES.encode()))
    loaded = heard("发布", office.tap("1", sent, "发布"))
    told = [reply for reply in loaded if reply.to is not None]
    assert [reply.to for reply in told] == [Address("telegram", "7")]
    assert "三十本" in said(told)
    assert "三十本" in said(office.hear("7", "团体读者一次能借多少本书？"))

    newer = RULES.replace("三十本", "五十本")
    sent = heard("发来新版", office.send("1", "团体借阅办法.md", newer.encode()))
    heard("发布", office.tap("1", sent, "发布"))
    assert "五十本" in said(office.hear("7", "团体读者一次能借多少本书？"))

    listed = heard("/documents", office.hear("1", "/documents"))
    one = heard("团体借阅办法", office.tap("1", listed, "团体借阅办法"))
    sure = heard("停用", office.tap("1", one, "停用"))
    heard("确认", office.tap("1", sure, "停用"))
    assert "五十本" not in said(office.hear("7", "团体读者一次能借多少本书？"))
    check_golden("conversations/administrator.txt", "\n".join(lines))


def test_a_file_takes_the_place_of_its_namesake_at_once(office: Office) -> None:
    office.tap("1", office.send("1", "旧办法.md", RULES.encode()), "发布")
    sent = office.send("1", "新办法.md", RULES.replace("三十", "四十").encode())

    done = office.tap("1", sent, "发布，替换馆里的《团体借阅办法》")

    assert "取代了《团体借阅办法》" in said(done)
    assert "四十本" in said(office.hear("7", "团体读者一次能借多少本书？"))


def test_a_file_replaces_the_document_that_is_chosen(office: Office) -> None:
    office.tap("1", office.send("1", "旧办法.md", RULES.encode()), "发布")
    other = RULES.replace("三十", "四十").replace("团体借阅办法", "集体借书规定")
    sent = office.send("1", "新办法.md", other.encode())

    which = office.tap("1", sent, "发布，并替换一份旧的")
    done = office.tap("1", which, "团体借阅办法")

    assert "装好了" in said(done)
    with office.app.sessions() as session:
        from knowledge.catalogue import get_document

        assert get_document(session, "旧办法", office.app.today()).replaced_by == "新办法"


def test_what_is_discarded_leaves_nothing(office: Office) -> None:
    sent = office.send("1", "办法.md", RULES.encode())

    office.tap("1", sent, "不要了")

    assert list((office.app.settings.home / "uploads").iterdir()) == []
    assert "已经处理过" in said(office.tap("1", sent, "发布"))


def test_a_restart_between_sending_and_publishing_loses_nothing(office: Office) -> None:
    sent = office.send("1", "办法.md", RULES.encode())

    again = Office(office.app)

    assert "装好了" in said(again.tap("1", sent, "发布"))


@pytest.mark.parametrize(
    ("name", "data"),
    [("bild.png", b"\x89PNG\r\n"), ("leer.txt", b""), ("../../etc/passwd", b"x" * 10),
     ("virus.exe", b"MZ\x90\x00"), ("a" * 500 + ".pdf", b"%PDF-broken")],
)  # fmt: skip
def test_a_hostile_file_gets_one_plain_sentence(office: Office, name: str, data: bytes) -> None:
    replies = office.send("1", name, data)

    assert "Traceback" not in said(replies)
    assert said(replies[-1:]).strip()
    outside = [
        p for p in office.app.settings.home.parent.iterdir() if p != office.app.settings.home
    ]
    assert outside == []


def test_a_reader_cannot_load_anything(office: Office) -> None:
    assert "只有管理员" in said(office.send("7", "办法.md", RULES.encode()))
    assert "私下" in said(office.send("1", "办法.md", RULES.encode(), chat="-100"))


def test_a_gap_is_answered_by_hand_and_whoever_waited_is_told(office: Office) -> None:
    asked = office.hear("7", "绍兴图书馆的馆长是谁？")
    assert "转给管理员" in said(office.tap("7", asked, "问馆员"))
    gaps = office.hear("1", "/gaps")
    one = office.tap("1", gaps, "绍兴")
    office.tap("1", one, "直接答复")

    told = office.hear("1", "请看绍兴图书馆网站的“馆长信箱”。")

    assert [reply.to for reply in told if reply.to] == [Address("telegram", "7")]
    assert "馆长信箱" in said(told)
    assert "没有未能回答" in said(office.hear("1", "/gaps"))


def test_the_record_and_the_report_come_as_files(office: Office) -> None:
    for what, label in (("/export", "XLSX"), ("/export", "CSV"), ("/report", "HTML")):
        done = office.tap("1", office.hear("1", what), label)

        assert done[-1].files[0].stat().st_size > 500, (what, label)
