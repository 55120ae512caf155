import pytest

from bot.speech import Address, Reply, text
from bot.telegram.delivering import MaybeDelivered
from foundation.errors import DeliveryFailed, FloodWait
from tests.running_bot import Bot, Starting
from tests.telegram_ears import Ears
from tests.telegram_server.faults import When, broken, flood
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.specification import Refusal, bad

LESSON = Reply(text("今天的一课"))
WHERE = Address("telegram", "1001")


@pytest.fixture
def bot(telegram: TelegramServer, starting: Starting) -> Bot:
    telegram.person()
    started = starting(Ears())
    telegram.wait(lambda: started.told)
    return started


def test_a_delivery_arrives_and_says_its_number(bot: Bot, telegram: TelegramServer) -> None:
    number = bot.channel.deliver(WHERE, LESSON)

    message = telegram.person().wait_for("今天的一课")
    assert number == f"1001:{message['message_id']}"


@pytest.mark.parametrize("change", ["is_blocked", "is_deactivated", "is_unknown"])
def test_who_cannot_be_reached_is_given_up(change: str, bot: Bot, telegram: TelegramServer) -> None:
    telegram.person().becomes(**{change: True})

    with pytest.raises(DeliveryFailed) as failed:
        bot.channel.deliver(WHERE, LESSON)
    assert failed.value.permanent


def test_a_person_telegram_does_not_know_is_given_up(bot: Bot) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        bot.channel.deliver(Address("telegram", "404404"), LESSON)
    assert failed.value.permanent


def test_a_flood_stops_everything_in_bulk_and_no_conversation(
    bot: Bot, telegram: TelegramServer
) -> None:
    other = telegram.person(1002)
    telegram.night.plan(When.REFUSED, "sendMessage", refusal=flood(30))
    with pytest.raises(FloodWait) as waits:
        bot.channel.deliver(WHERE, LESSON)
    assert waits.value.seconds == 30
    with pytest.raises(FloodWait):
        bot.channel.deliver(Address("telegram", "1002"), LESSON)
    assert other.heard() == []

    other.says("你好")
    other.wait_for("heard: 你好")


@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
def test_in_doubt_nothing_is_sent_twice(when: When, bot: Bot, telegram: TelegramServer) -> None:
    telegram.night.plan(when, "sendMessage")

    with pytest.raises(MaybeDelivered):
        bot.channel.deliver(WHERE, LESSON)
    assert len(telegram.person().heard()) == (1 if when is When.AFTER else 0)


def test_trouble_at_telegram_leaves_doubt(bot: Bot, telegram: TelegramServer) -> None:
    telegram.night.plan(When.REFUSED, "sendMessage", refusal=broken(502))

    with pytest.raises(MaybeDelivered):
        bot.channel.deliver(WHERE, LESSON)


def test_a_message_that_is_refused_was_not_sent(bot: Bot, telegram: TelegramServer) -> None:
    telegram.night.plan(When.REFUSED, "sendMessage", refusal=bad("something new"))

    with pytest.raises(DeliveryFailed) as failed:
        bot.channel.deliver(WHERE, LESSON)
    assert not failed.value.permanent


@pytest.mark.parametrize("refusal", [flood(1), bad("something new")])
def test_of_a_long_one_nothing_is_sent_twice(
    refusal: Refusal, bot: Bot, telegram: TelegramServer
) -> None:
    telegram.night.plan(When.REFUSED, "sendMessage", skip=1, refusal=refusal)

    with pytest.raises(MaybeDelivered):
        bot.channel.deliver(WHERE, Reply(text("周报。\n\n" * 1000)))
    assert len(telegram.person().heard()) == 1


def test_a_group_that_moved_is_found(bot: Bot, telegram: TelegramServer) -> None:
    group = telegram.group(-77)
    moved = group.moves_to(-100_888)

    number = bot.channel.deliver(Address("telegram", "-77"), LESSON)

    assert number.startswith("-100888:")
    assert moved.heard() == ["今天的一课"]


def test_before_the_bot_is_connected_nothing_is_delivered(
    telegram: TelegramServer, starting: Starting
) -> None:
    telegram.night.plan(When.BEFORE, "getMe", times=99)
    bot = starting(Ears())

    with pytest.raises(DeliveryFailed) as failed:
        bot.channel.deliver(WHERE, LESSON)
    assert not failed.value.permanent
