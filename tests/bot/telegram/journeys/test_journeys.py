"""Journeys over Telegram, from beginning to end, kept as transcripts that people can read."""

from bot.wiring import App
from foundation.clock import FixedClock
from tests.bot.telegram.journeys.journey import RULES, Journey, Setting, play
from tests.bot.telegram.journeys.learning_days import Days, write_short_track
from tests.golden import check_golden
from tests.telegram_server.people import Person
from tests.telegram_server.server import TelegramServer


def test_a_newcomer_asks_five_things(setting_out: Setting, telegram: TelegramServer) -> None:
    journey = setting_out(9001)
    fang = journey.person(9101, "王芳")
    journey.says(fang, "/start")
    journey.watched.hard.add("什么是专业化发展？")
    journey.says(fang, "什么是专业化发展？")
    journey.says(fang, "倡议书提了哪五条？")
    asked = fang.last()
    journey.taps(fang, "原文 2")
    journey.taps(fang, "倡议书主要在讲什么事？")
    journey.taps(fang, "👍", asked)
    journey.says(fang, "国际图联战略和倡议书对专业发展各怎么说？")
    journey.says(fang, "浙江图书馆2025年数字资源总量目标是多少？", "那2020年呢")
    journey.taps(fang, "👎")
    journey.taps(fang, "没答全")
    journey.says(fang, "宁波图书馆的馆长是谁？")
    journey.taps(fang, "问馆员")
    journey.says(fang, "What are the four impact areas of the IFLA strategy?")
    journey.taps(fang, "Source 1")
    journey.says(fang, "谢谢")

    check_golden("journeys/newcomer.txt", journey.transcript.text())
    assert telegram.refused == []


def test_a_trainee_comes_from_start_to_certificate(
    setting_out: Setting, telegram: TelegramServer, app: App, clock: FixedClock
) -> None:
    write_short_track(app.settings.home)
    journey = setting_out(9001)
    ming = journey.person(9102, "李明")
    days = Days(journey, clock, ming)
    journey.says(ming, "/start")
    for label in ("加入学习", "读者隐私两课", "一线服务"):
        journey.taps(ming, label)
    journey.says(ming, "早上七点半")
    journey.taps(ming, "同意，开始")
    journey.taps(ming, "开始")
    play(journey, ming, "3", "2", "2", "B", "拿不准", "不知道")

    days.come(hours=19, minutes=30)
    journey.taps(ming, "开始")
    journey.taps(ming, "看原文")
    play(journey, ming, "A", "很确定", "A", "D", "比较确定", "不对", "很确定")
    journey.taps(ming, "看进度")
    journey.says(ming, "/settings")
    journey.taps(ming, "换时间")
    journey.says(ming, "晚上八点半")
    journey.taps(ming, "换时区")
    journey.shares_place(ming, 1.35, 103.8)
    journey.says(ming, "/pause")

    days.come(days=1, hours=13)
    days.come(hours=12)
    journey.says(ming, "/resume")
    days.come(hours=12)
    journey.taps(ming, "开始")
    play(journey, ming, "C", "很确定", "对", "比较确定", "D", "很确定", "C", "比较确定")
    days.come(days=1)
    journey.taps(ming, "开始")
    play(journey, ming, "B", "很确定", "B", "很确定", "5", "4", "4", "3", "2", "2", "5", "9")
    journey.says(ming, "/mydata")

    days.come(days=30)
    journey.taps(ming, "开始")
    play(journey, ming, "A", "很确定", "A", "很确定", "3",
         "打印机旁的名单收走了，读者不用再被人看见", "可以")  # fmt: skip

    check_golden("journeys/trainee.txt", journey.transcript.text())
    assert telegram.refused == []


def test_an_administrator_loads_replaces_and_retires(
    setting_out: Setting, telegram: TelegramServer
) -> None:
    journey = setting_out(9001)
    journey.assistant.training.enrolling.__dict__["toss"] = lambda _: "A"
    fang, jing = journey.person(9101, "王芳"), journey.person(9001, "陈静")
    ming = journey.person(9102, "李明")
    loads_and_retires(journey, jing, fang)
    keeps_house(journey, jing, ming)

    check_golden("journeys/administrator.txt", journey.transcript.text())
    assert telegram.refused == []


def loads_and_retires(journey: Journey, jing: Person, fang: Person) -> None:
    journey.transcript.chapter("A reader asks what no document says")
    journey.says(fang, "团体读者一次能借多少本书？")
    journey.taps(fang, "问馆员")
    journey.says(fang, "绍兴图书馆的馆长是谁？")
    journey.taps(fang, "问馆员")
    journey.says(fang, "今天食堂有什么菜？")
    journey.taps(fang, "问馆员")

    journey.transcript.chapter("A document is loaded, and the reader is told")
    journey.says(jing, "/start", "/help", "/gaps")
    journey.sends(jing, "团体借阅办法.md", RULES.encode())
    journey.taps(jing, "发布")
    journey.says(fang, "团体读者一次能借多少本书？")

    journey.transcript.chapter("A new version takes its place")
    journey.sends(jing, "团体借阅办法（2027年修订）.md", RULES.replace("三十本", "五十本").encode())
    journey.taps(jing, "发布，替换馆里的")
    journey.taps(jing, "借阅数量")
    journey.says(fang, "团体读者一次能借多少本书？")

    journey.transcript.chapter("It is retired")
    journey.says(jing, "/documents")
    journey.taps(jing, "5. 浙江图书馆")
    journey.taps(jing, "返回列表")
    journey.taps(jing, "7. 团体借阅办法")
    journey.taps(jing, "停用")
    journey.taps(jing, "停用，不再用来回答")
    journey.says(fang, "团体读者一次能借多少本书？")
    journey.sends(jing, "../../扫描.exe", b"MZ\x90\x00")


def keeps_house(journey: Journey, jing: Person, ming: Person) -> None:
    journey.transcript.chapter("What was not answered")
    journey.says(jing, "/gaps")
    journey.taps(jing, "绍兴")
    journey.taps(jing, "直接答复")
    journey.says(jing, "请看绍兴图书馆网站的“馆长信箱”。", "/gaps")
    journey.taps(jing, "食堂")
    journey.taps(jing, "不属于本馆范围")

    journey.transcript.chapter("Trainees, modules, the record")
    journey.says(jing, "/trainees")
    journey.taps(jing, "新建班级")
    journey.taps(jing, "职业价值与伦理")
    journey.says(jing, "2027 年春季班", "/trainees", "/modules")
    journey.taps(jing, "职业价值与伦理")
    journey.taps(jing, "小事里的价值")
    journey.taps(jing, "停用")
    journey.says(jing, "/export")
    journey.taps(jing, "XLSX")
    journey.says(jing, "/report")
    journey.taps(jing, "HTML")

    journey.transcript.chapter("Another administrator, for an hour")
    journey.says(ming, "/id", "/documents")
    journey.says(jing, "/admins", "/admins add 9102")
    journey.says(ming, "/documents")
    journey.says(jing, "/admins")
    journey.taps(jing, "移除李明")
    journey.says(ming, "/documents")
