"""A short track to learn, and the days on which it is learned."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.scheduling import open_scheduling
from foundation.clock import FixedClock
from tests.bot.telegram.journeys.journey import Journey
from tests.telegram_server.people import Person
from tests.training_modules.sample_files import approved
from training_modules.shelf import Shelf
from training_modules.writing import as_markdown

# Two modules of the library, in a track that is soon through.
_SHORT: Final = ("values-04-open-and-discreet", "values-08-enough-and-no-more")


def write_short_track(home: Path) -> None:
    folder = home / "modules" / "two-on-privacy"
    folder.mkdir(parents=True)
    shipped = Shelf.open(None)
    names = [f"own-0{number}-privacy" for number in range(1, len(_SHORT) + 1)]
    for name, source in zip(names, _SHORT, strict=True):
        found = shipped.module(source)
        assert found is not None
        made = approved(replace(found, id=name, track="two-on-privacy", after=()))
        (folder / f"{name}.md").write_text(as_markdown(made), "utf-8")
    sure = ["有人要看读者的信息，我能当场稳妥地答复", "我能为一件要用数据的事，选出取用最少的做法",
            "我能说出哪些馆务该敞开、哪些该守住"]  # fmt: skip
    said = {
        "id": "two-on-privacy", "version": 1, "modules": names,
        "title": {"zh": "读者隐私两课", "en": "Two modules on privacy"},
        "about": {"zh": "馆务敞开，读者护好。", "en": "Open about us, discreet about readers."},
        "confidence": [{"zh": one, "en": f"({number})"} for number, one in enumerate(sure, 1)],
    }  # fmt: skip
    (folder / "track.yaml").write_text(json.dumps(said, ensure_ascii=False), "utf-8")


class Days:
    """The days of a trainee: the clock goes on, and the schedule brings what is due."""

    def __init__(self, journey: Journey, clock: FixedClock, who: Person) -> None:
        self.journey, self.clock, self.who = journey, clock, who
        training = journey.assistant.training
        training.enrolling.__dict__["toss"] = lambda _: "A"
        self.scheduling = open_scheduling(journey.app, training, journey.bot.channel.deliver)
        self.scheduling.chores = ()

    def come(self, zone: str = "Asia/Shanghai", **later: int) -> None:
        self.clock.advance(timedelta(**later))
        here = self.clock().astimezone(ZoneInfo(zone))
        self.journey.transcript.chapter(f"{here:%A, %d %B %Y, %H:%M} {zone}")
        self.scheduling.tick()
        if not self.journey.writes(self.who):
            self.journey.transcript.direction("nothing comes")
