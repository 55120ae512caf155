from tests.running_bot import Starting
from tests.telegram_ears import Ears
from tests.telegram_server.server import TelegramServer


def test_what_is_said_is_answered(telegram: TelegramServer, starting: Starting) -> None:
    person = telegram.person(name="王芳")
    ears = Ears()
    starting(ears)

    person.says("你好 <b>&")

    person.wait_for("heard: 你好 <b>&")
    (heard,) = ears.heard
    assert (heard.address.channel, heard.address.id, heard.name) == ("telegram", "1001", "王芳")
    assert (heard.language, heard.chat, heard.is_late) == ("zh", "", False)
