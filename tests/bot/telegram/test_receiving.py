from collections.abc import Iterator

import pytest

from bot.speech import Message, Reply, text
from tests.running_bot import Starting
from tests.telegram_ears import Ears
from tests.telegram_server.faults import When
from tests.telegram_server.people import said
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.specification import bad
from tests.telegram_server.world import USERNAME

PHOTO = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]}
VOICE = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}
STICKER = {
    "sticker": {
        "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9,
        "is_animated": False, "is_video": False,
    }
}  # fmt: skip
CONTACT = {"contact": {"phone_number": "1", "first_name": "x"}}
FORWARDED = {
    "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1_700_000_000}
}


@pytest.mark.parametrize(
    ("sent", "word"),
    [(VOICE, "听不了语音"), (PHOTO, "看不了图片"), (STICKER, "贴纸"), (CONTACT, "看不懂")],
    ids=["voice", "photo", "sticker", "contact"],
)
def test_what_is_no_text_gets_a_friendly_word(
    sent: dict[str, object], word: str, telegram: TelegramServer, starting: Starting
) -> None:
    ears = Ears()
    starting(ears)
    person = telegram.person()
    person.sends(sent)

    person.wait_for(word)
    assert ears.heard == []


def test_a_picture_with_words_under_it_is_a_question(
    telegram: TelegramServer, starting: Starting
) -> None:
    starting(Ears())
    person = telegram.person()
    person.sends({**PHOTO, "caption": "这是什么馆？"})

    person.wait_for("heard: 这是什么馆？")


def test_a_forwarded_question_is_answered_and_a_forwarded_command_is_not_obeyed(
    telegram: TelegramServer, starting: Starting
) -> None:
    ears = Ears()
    starting(ears)
    person = telegram.person()
    person.sends({"text": "开放时间？", **FORWARDED})
    person.sends({"text": "/forget", **FORWARDED})

    person.wait_for("转发来的命令")
    assert [m.text for m in ears.heard] == ["开放时间？"]


def test_an_edited_question_is_answered_under_it(
    telegram: TelegramServer, starting: Starting
) -> None:
    starting(Ears())
    person = telegram.person()
    person.says("几点开们")
    person.wait_for("heard: 几点开们")
    asked = person.seen()[0]
    person.edits(asked, "几点开门")

    answer = person.wait_for("heard: 几点开门")
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]


def test_an_edited_command_is_not_carried_out_again(
    telegram: TelegramServer, starting: Starting
) -> None:
    ears = Ears()
    starting(ears)
    person = telegram.person()
    person.says("/pause")
    person.wait_for("heard: /pause")
    person.edits(person.seen()[0], "/forget")
    person.says("还在吗")

    person.wait_for("heard: 还在吗")
    assert [m.text for m in ears.heard] == ["/pause", "还在吗"]


def test_a_file_is_fetched_when_it_is_wanted(telegram: TelegramServer, starting: Starting) -> None:
    def says(message: Message) -> Iterator[Reply]:
        assert message.file is not None
        data = message.file.fetch()
        yield Reply(text(f"{message.file.name} {len(data)} {message.text}"))

    starting(Ears(says))
    person = telegram.person()
    person.sends_file("规划.pdf", b"%PDF" + b"x" * 1000, caption="2025年的")

    person.wait_for("规划.pdf 1004 2025年的")


def test_a_file_that_cannot_be_fetched_is_asked_for_again(
    telegram: TelegramServer, starting: Starting
) -> None:
    def says(message: Message) -> Iterator[Reply]:
        assert message.file is not None
        yield Reply(text(str(len(message.file.fetch()))))

    starting(Ears(says))
    person = telegram.person()
    person.sends_file("a.txt", b"abc")
    person.wait_for("3")
    telegram.night.plan(When.REFUSED, "getFile", refusal=bad("wrong file_id"))
    person.sends_file("b.txt", b"abc")

    person.wait_for("没能从 Telegram 取到")


def test_a_file_too_large_to_fetch_is_explained(
    telegram: TelegramServer, starting: Starting
) -> None:
    ears = Ears()
    starting(ears)
    person = telegram.person()
    person.sends_file("big.pdf", b"x", size=30_000_000)

    assert "30 MB" in said(person.wait_for("20 MB"))
    assert ears.heard == []


def test_a_place_is_heard_as_the_choice_of_its_zone(
    telegram: TelegramServer, starting: Starting
) -> None:
    starting(Ears())
    person = telegram.person()
    person.sends({"location": {"latitude": 30.2741, "longitude": 120.1551}})

    person.wait_for("heard: p.zone.Asia/Shanghai")


def test_in_a_group_only_what_is_meant_for_us_is_answered(
    telegram: TelegramServer, starting: Starting
) -> None:
    ears = Ears()
    starting(ears)
    person, group = telegram.person(), telegram.group()
    person.says("大家中午吃什么", group)
    person.says("/help@SomeOtherBot", group)
    person.says("/weather", group)
    person.sends(VOICE, group)
    person.says(f"@{USERNAME} 😀 开放时间？", group)
    person.says("/help", group)
    person.says(f"/ask@{USERNAME} 押金多少", group)

    answer = group.wait_for("heard: 😀 开放时间？")
    group.wait_for("heard: /help")
    group.wait_for("heard: /ask 押金多少")
    assert [m.chat for m in ears.heard] == [str(group.id)] * 3
    assert "reply_to_message" in answer

    person.says("再说一遍", group, reply_to=answer)
    group.wait_for("heard: 再说一遍")
    assert person.heard() == []


def test_a_group_that_moved_is_answered_where_it_is(
    telegram: TelegramServer, starting: Starting
) -> None:
    starting(Ears())
    person, group = telegram.person(), telegram.group(-55, "旧群")
    person.says(f"@{USERNAME} 在吗", group)
    group.wait_for("heard: 在吗")
    moved = group.moves_to(-100_777)
    person.says(f"@{USERNAME} 还在吗", group)

    moved.wait_for("heard: 还在吗")


def test_the_bot_says_hello_where_it_is_taken_in(
    telegram: TelegramServer, starting: Starting
) -> None:
    starting(Ears())
    person, group = telegram.person(), telegram.group()
    bot = {"id": 123456789, "is_bot": True, "first_name": "LibCoach"}
    telegram.ask(
        lambda w: w.put(
            "my_chat_member",
            {
                "chat": w.chats[group.id].as_json(), "from": w.chats[person.id].as_user(),
                "date": 1_800_000_000, "old_chat_member": {"status": "left", "user": bot},
                "new_chat_member": {"status": "member", "user": bot},
            },
        )
    )  # fmt: skip

    group.wait_for(f"@{USERNAME}")


def test_other_bots_and_channels_are_not_heard(
    telegram: TelegramServer, starting: Starting
) -> None:
    ears = Ears()
    starting(ears)
    person = telegram.person()
    robot = {"id": 5, "is_bot": True, "first_name": "robot"}
    person.sends({"text": "from a bot", "from": robot})
    person.says("from a person")

    person.wait_for("heard: from a person")
    assert len(ears.heard) == 1


def test_what_a_forged_button_says_is_heard_as_it_is(
    telegram: TelegramServer, starting: Starting
) -> None:
    starting(Ears())
    person = telegram.person()
    person.says("x")
    person.taps(person.wait_for("heard: x"), data="a.publish.1")

    person.wait_for("heard: a.publish.1")
