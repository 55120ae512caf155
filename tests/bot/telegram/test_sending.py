import struct
import time
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bot.speech import Address, Button, Message, Reply, Span, Style, bold, text
from tests.running_bot import Starting
from tests.telegram_ears import Ears
from tests.telegram_server.markup import units
from tests.telegram_server.people import buttons, said
from tests.telegram_server.server import TelegramServer

YES = ((Button("是", "j.yes"), Button("否", "j.no")),)


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\x00\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def test_a_text_with_markup_and_buttons(telegram: TelegramServer, starting: Starting) -> None:
    def says(_: Message) -> Iterator[Reply]:
        quote = Span("图书馆是“家” & <b>", Style.FOLDED)
        yield Reply((bold("问"), *text(" 参加吗？\n"), quote), YES)

    starting(Ears(says))
    person = telegram.person()
    person.says("/start")

    message = person.wait_for("参加吗")
    assert [e["type"] for e in message["entities"]] == ["bold", "expandable_blockquote"]
    assert buttons(message) == ["是", "否"]


def test_a_tap_edits_the_message_and_leaves_no_litter(
    telegram: TelegramServer, starting: Starting
) -> None:
    def says(message: Message) -> Iterator[Reply]:
        if message.action:
            yield Reply(text(f"您点了 {message.action}"), replaces=True, notice="记下了")
        else:
            yield Reply(text("参加吗？"), YES)

    starting(Ears(says))
    person = telegram.person()
    person.says("/join")
    person.taps(person.wait_for("参加吗"), "是")

    message = person.wait_for("您点了 j.yes")
    assert person.heard() == ["您点了 j.yes"]
    assert buttons(message) == []
    telegram.wait(lambda: telegram.calls("answerCallbackQuery"))
    assert telegram.calls("answerCallbackQuery")[0].values["text"] == "记下了"


def test_double_taps_and_identical_edits_are_no_error(
    telegram: TelegramServer, starting: Starting
) -> None:
    def says(message: Message) -> Iterator[Reply]:
        if message.action:
            yield Reply(text("选好了"), replaces=True)
        else:
            yield Reply(text("参加吗？"), YES)

    ears = Ears(says)
    starting(ears)
    person = telegram.person()
    person.says("/join")
    message = person.wait_for("参加吗")
    person.taps(message, "是")
    person.taps(message, "是")

    telegram.wait(lambda: len(telegram.calls("answerCallbackQuery")) == 2)
    assert person.heard() == ["选好了"]


def test_a_deleted_message_is_sent_anew(telegram: TelegramServer, starting: Starting) -> None:
    def says(message: Message) -> Iterator[Reply]:
        yield Reply(text("第二步" if message.action else "第一步"), YES, replaces=True)

    starting(Ears(says))
    person = telegram.person()
    person.says("/today")
    message = person.wait_for("第一步")
    telegram.call("deleteMessage", chat_id=person.id, message_id=message["message_id"])
    person.taps(message, "是")

    assert person.wait_for("第二步")["message_id"] != message["message_id"]


def test_a_slot_leaves_one_message_edited_not_too_often(
    telegram: TelegramServer, starting: Starting
) -> None:
    def says(_: Message) -> Iterator[Reply]:
        for number in range(1, 11):
            yield Reply(text(f"读到 {number}0%"), slot="reading")
            time.sleep(0.05)
        yield Reply(text("读完了"), YES, slot="reading")

    starting(Ears(says), between_edits=0.2)
    person = telegram.person()
    person.says("x")

    person.wait_for("读完了")
    assert person.heard() == ["读完了"]
    edits = [took.at for took in telegram.calls("editMessageText")]
    assert 1 <= len(edits) <= 5
    assert all(b - a > 0.15 for a, b in pairwise(edits))


def test_a_tapped_message_can_become_the_slot(telegram: TelegramServer, starting: Starting) -> None:
    def says(message: Message) -> Iterator[Reply]:
        if not message.action:
            yield Reply(text("开始？"), YES)
            return
        yield Reply(text("正在想"), slot="a", replaces=True)
        time.sleep(0.3)
        yield Reply(text("想好了"), slot="a", replaces=True)

    starting(Ears(says))
    person = telegram.person()
    person.says("x")
    person.taps(person.wait_for("开始"), "是")

    person.wait_for("想好了")
    assert person.heard() == ["想好了"]


def test_a_long_answer_comes_in_parts_with_the_buttons_under_the_last(
    telegram: TelegramServer, starting: Starting
) -> None:
    sentence = "图书馆提供均等的服务😀。"

    def says(_: Message) -> Iterator[Reply]:
        yield Reply((bold(sentence * 900),), YES)

    starting(Ears(says))
    person = telegram.person()
    person.says("x")

    telegram.wait(lambda: sum(map(len, person.heard())) == len(sentence * 900))
    assert all(units(part) <= 4096 and part.endswith("。") for part in person.heard())
    assert [bool(buttons(m)) for m in person.seen() if m["from"]["is_bot"]][-2:] == [False, True]
    assert telegram.refused == []


def test_pictures_captions_and_files(
    telegram: TelegramServer, starting: Starting, tmp_path: Path
) -> None:
    picture, table = tmp_path / "进度.png", tmp_path / "表.csv"
    picture.write_bytes(png())
    table.write_text("a,b\n1,2\n")

    def says(message: Message) -> Iterator[Reply]:
        if message.text == "long":
            yield Reply(text("长" * 1100), YES, picture=picture)
        elif message.text == "broken":
            yield Reply(text("不是图"), picture=table)
        elif message.action:
            yield Reply(text("新图"), picture=picture, replaces=True)
        else:
            yield Reply(text("您的进度"), YES, picture=picture, files=(table,))

    starting(Ears(says))
    person = telegram.person()
    person.says("short")
    message = person.wait_for("您的进度")
    telegram.wait(lambda: telegram.calls("sendDocument"))
    assert ("photo" in message, buttons(message)) == (True, ["是", "否"])
    assert person.last()["document"]["file_name"] == "表.csv"

    person.taps(message, "是")
    assert person.wait_for("新图")["message_id"] == message["message_id"]

    person.says("long")
    long = person.wait_for("长长")
    assert ("text" in long, buttons(long)) == (True, ["是", "否"])

    person.says("broken")
    assert "document" in person.wait_for("不是图")


def test_a_file_that_is_too_large_is_explained(
    telegram: TelegramServer, starting: Starting, tmp_path: Path
) -> None:
    large = tmp_path / "all.zip"
    with large.open("wb") as file:
        file.truncate(51_000_000)

    starting(Ears(lambda _: iter([Reply(text("给您"), files=(large,))])))
    person = telegram.person()
    person.says("x")

    assert "50 MB" in said(person.wait_for("all.zip"))


def test_a_notice_without_a_tap_is_a_message(telegram: TelegramServer, starting: Starting) -> None:
    starting(Ears(lambda _: iter([Reply(notice="记下了")])))
    person = telegram.person()
    person.says("好")

    person.wait_for("记下了")


def test_a_word_to_somebody_else_goes_there(telegram: TelegramServer, starting: Starting) -> None:
    def says(_: Message) -> Iterator[Reply]:
        yield Reply(text("答了"))
        yield Reply(text("有人答了您的问题"), to=Address("telegram", "1002"))
        yield Reply(text("没人"), to=Address("telegram", "1003"))

    starting(Ears(says))
    librarian, asker = telegram.person(), telegram.person(1002)
    librarian.says("x")

    asker.wait_for("有人答了")
    librarian.wait_for("答了")


def test_who_thinks_long_is_seen_writing(telegram: TelegramServer, starting: Starting) -> None:
    def says(_: Message) -> Iterator[Reply]:
        time.sleep(0.8)
        yield Reply(text("想好了"))

    starting(Ears(says))
    person = telegram.person()
    person.says("难题")

    person.wait_for("想好了")
    assert len(telegram.calls("sendChatAction")) == 1


def test_an_unexpected_error_becomes_a_reference(
    telegram: TelegramServer, starting: Starting
) -> None:
    def says(_: Message) -> Iterator[Reply]:
        yield Reply(text("先说一句"))
        raise ZeroDivisionError("秘密")

    starting(Ears(says))
    person = telegram.person()
    person.says("x")

    assert "秘密" not in said(person.wait_for("编号"))
