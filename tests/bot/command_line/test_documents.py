import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import east_asian_width

import pytest

from knowledge.founding import founding_ids
from tests.commands import Home, as_nobody, with_little_disk

PLAN = """# 阅读推广规划

前言一段。

## 一、目标

到2025年建成30个分馆。

| 指标 | 2020年 | 2025年 |
|---|---|---|
| 分馆 | 12 | 30 |
| 藏书 | 100 | 200 |

### （一）重点

重点是少儿阅读。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people have it: with folders in it, and with a file that says nothing."""
    folder = tmp_path / "文件"
    (folder / "规划").mkdir(parents=True)
    (folder / "规划" / "阅读 规划.md").write_text(PLAN, "utf-8")
    (folder / "notice.txt").write_text("关于开馆时间的通知。\n\n国庆节照常开馆。\n", "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    return folder


@pytest.fixture
def plan(folder: Path) -> Path:
    return folder / "规划" / "阅读 规划.md"


def ids(home: Home) -> list[str]:
    return [document["id"] for document in home.documents("list", "--json").value]


def test_each_file_gives_one_line_and_a_refused_one_stops_no_other(
    home: Home, folder: Path
) -> None:
    ran = home.documents("add", folder, "--json")

    assert ran.status == 1
    assert ran.err == ""
    empty, notice, plan = ran.lines
    assert set(empty) == set(plan) == {
        "path", "id", "status", "reason", "sections", "passages", "tables", "pages", "warnings",
    }  # fmt: skip
    assert (empty["id"], empty["status"]) == (None, "refused")
    assert "empty" in empty["reason"]
    assert (notice["id"], notice["status"], notice["reason"]) == ("notice", "added", "")
    assert plan["path"] == str(folder / "规划" / "阅读 规划.md")
    assert (plan["id"], plan["status"], plan["tables"]) == ("阅读-规划", "added", 1)
    assert plan["passages"] > plan["sections"] > 1


def test_the_same_again_is_unchanged_and_a_changed_file_is_the_next_version(
    home: Home, plan: Path
) -> None:
    home.documents("add", plan)
    (again,) = home.documents("add", plan, "--json").lines
    plan.write_text(PLAN + "\n又一段。\n", "utf-8")
    (changed,) = home.documents("add", plan, "--json").lines

    assert (again["status"], changed["status"]) == ("unchanged", "replaced")
    assert changed["passages"] == again["passages"] + 1
    shown = home.documents("show", "阅读-规划", "--json").value
    assert [version["number"] for version in shown["versions"]] == [1, 2]
    first = home.documents("show", "阅读-规划", "--version", 1, "--json", "--full")
    assert first.value["shown_version"] == 1
    assert "又一段" not in first.out


def test_what_the_options_say_is_kept(home: Home, plan: Path) -> None:
    home.documents(
        "add", plan, "--id", "Plan_2021", "--title", "规划（试行）", "--publisher", "市图书馆",
        "--published-on", "2021-05-01", "--valid-from", "2021-06-01", "--valid-until", "2025-12-31",
        "--replaces", "notice-x", "--replaces", "learning-cities-libraries",
    )  # fmt: skip
    assert "Plan_2021" not in ids(home)

    ran = home.documents(
        "add", plan, "--id", "Plan_2021", "--title", "规划（试行）", "--publisher", "市图书馆",
        "--published-on", "2021-05-01", "--valid-from", "2021-06-01", "--valid-until", "2125-12-31",
        "--replaces", "professionalization-initiative-2021",
        "--replaces", "learning-cities-libraries", "--json",
    )  # fmt: skip
    assert (ran.status, ran.value["id"]) == (0, "Plan_2021")
    found = {document["id"]: document for document in home.documents("list", "--json").value}
    said = found["Plan_2021"]
    assert (said["title"], said["publisher"]) == ("规划（试行）", "市图书馆")
    assert (said["published_on"], said["valid_from"]) == ("2021-05-01", "2021-06-01")
    assert (said["valid_until"], said["status"]) == ("2125-12-31", "in force")
    assert found["learning-cities-libraries"]["replaced_by"] == "Plan_2021"
    assert found["professionalization-initiative-2021"]["status"] == "superseded"


@pytest.mark.parametrize(
    "options",
    [
        ["--id", "one"],
        ["--title", "一"],
        ["--replaces", "notice"],
    ],
)
def test_what_belongs_to_one_document_is_refused_for_several(
    home: Home, folder: Path, options: list[str]
) -> None:
    ran = home.documents("add", folder, *options)

    assert ran.status == 2
    assert "one file at a time" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["add"],
        ["add", "x.txt", "--valid-from", "1.3.2026"],
        ["add", "x.txt", "--published-on", "2026-02-30"],
        ["add", "x.txt", "--valid-from", "2026-02-02", "--valid-until", "2026-02-01"],
        ["add", "x.txt", "--id", "two words"],
        ["add", "x.txt", "--id", ""],
        ["add", "x.txt", "--id", "a" * 101],
        ["add", "x.txt", "--title", "  "],
        ["add", "x.txt", "--id", "x", "--replaces", "x"],
        ["show"],
        ["show", "x", "--version", "0"],
        ["remove"],
        ["list", "--nonsense"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_told_apart_and_touches_nothing(
    tmp_path: Path, arguments: list[str]
) -> None:
    home = Home(tmp_path / "home")
    ran = home.documents(*arguments)

    assert ran.status == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert not home.folder.exists()


def test_a_path_where_nothing_is_is_refused(home: Home, plan: Path) -> None:
    ran = home.documents("add", plan.with_name("nothing.md"), plan, "--json")

    assert ran.status == 1
    assert [line["status"] for line in ran.lines] == ["refused", "added"]


def test_people_see_what_became_of_each_file(home: Home, folder: Path) -> None:
    ran = home.documents("add", folder)

    assert ran.status == 1
    assert "阅读-规划" in ran.out
    assert "refused" in ran.out
    assert "2 added, 0 in a new version, 0 unchanged, 1 refused" in ran.out


def test_of_many_files_people_see_the_refused_ones_and_the_counts(
    home: Home, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(35):
        (many / f"{number}.txt").write_text(f"第{number}号文件。", "utf-8")
    (many / "none.txt").write_text("", "utf-8")

    ran = home.documents("add", many)

    assert "35 added" in ran.out
    assert "none.txt" in ran.out
    assert "7.txt" not in ran.out


def test_people_read_their_own_language(home: Home, plan: Path) -> None:
    home.settings["LIBCOACH_LANGUAGE"] = "zh"

    assert "新增 1" in home.documents("add", plan).out
    assert "现行有效" in home.documents("list").out
    assert "读出的结构" in home.documents("show", "阅读-规划").out
    assert "已移除" in home.documents("remove", "阅读-规划").out
    assert "一致" in home.documents("check").out


def test_the_list_stands_in_line_also_with_chinese(home: Home, plan: Path) -> None:
    home.documents("add", plan, "--published-on", "2021-05-01")
    lines = home.documents("list").out.splitlines()

    def column_of(line: str, part: str) -> int:
        before = line[: line.index(part)]
        return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in before)

    columns = {
        column_of(line, mark)
        for line in lines
        for mark in ("in force ", "expired ")
        if mark in line and "status" not in line
    }
    assert len(columns) == 1
    assert "6 documents" in lines[-1]


def test_showing_a_document_lets_a_person_judge_the_reading(home: Home, plan: Path) -> None:
    home.documents("add", plan)
    shown = home.documents("show", "阅读-规划").out

    assert "[1] 一、目标" in shown
    assert "[2] （一）重点" in shown
    assert "重点是少儿阅读。" in shown
    assert "‖ 指标 | 2020年 | 2025年" in shown
    assert "| 分馆 | 12 | 30" in shown
    assert "status: in force" in shown
    assert "warnings: none" in shown


def test_showing_all_shows_every_passage(home: Home) -> None:
    brief = home.documents("show", "zhejiang-library-plan-2021-2025")
    full = home.documents("show", "zhejiang-library-plan-2021-2025", "--full")
    value = home.documents("show", "zhejiang-library-plan-2021-2025", "--full", "--json").value

    texts = [" ".join(t["text"].split()) for t in texts_of(value["tree"]) if t["kind"] != "heading"]
    assert len(texts) > 100
    assert all(text in full.out for text in texts)
    assert sum(text in brief.out for text in texts) < len(texts) / 2
    assert len(value["tables"]) == 2
    assert len(value["notes"]) == 9
    assert {"rule", "places", "characters"} == set(value["dropped"][0])


def texts_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    return node["texts"] + [text for child in node["sections"] for text in texts_of(child)]


def test_the_tree_as_json_counts_every_passage(home: Home, plan: Path) -> None:
    (added,) = home.documents("add", plan, "--json").lines
    value = home.documents("show", "阅读-规划", "--json").value

    def count(node: dict[str, Any]) -> int:
        return int(node["passages"]) + sum(count(child) for child in node["sections"])

    assert count(value["tree"]) == added["passages"] == value["passages"]
    assert value["tables"][0]["header"] == ["指标", "2020年", "2025年"]
    assert value["tables"][0]["rows"] == [["分馆", "12", "30"], ["藏书", "100", "200"]]
    assert (value["status"], value["version"]) == ("in force", 1)


def test_a_removed_document_answers_no_more_and_its_record_is_kept(home: Home, plan: Path) -> None:
    home.documents("add", plan)
    removed = home.documents("remove", "阅读-规划", "--json").value

    assert (removed["id"], removed["status"]) == ("阅读-规划", "removed")
    assert "阅读-规划" not in ids(home)
    assert "阅读-规划" in home.documents("list", "--all").out
    assert home.documents("show", "阅读-规划", "--json").value["status"] == "removed"
    assert home.documents("check", "--json").value["stray"] == 0


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_id_that_is_not_there_is_said_in_one_sentence(home: Home, command: str) -> None:
    ran = home.documents(command, "nothing")

    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "documents list" in ran.err


def test_a_version_that_is_not_there_is_said(home: Home) -> None:
    ran = home.documents("show", "ifla-strategy-2024-2029", "--version", 7)

    assert (ran.status, ran.out) == (1, "")
    assert "no version 7" in ran.err


def lose_all(index: Path) -> None:
    shutil.rmtree(index)


def break_the_manifest(index: Path) -> None:
    (index / "lexical" / "manifest.json").write_bytes(b"\x00" * 100)


def put_a_file_in_its_place(index: Path) -> None:
    shutil.rmtree(index)
    index.mkdir()
    (index / "lexical").write_text("not a folder")


def change_one_byte(index: Path) -> None:
    path = next((index / "lexical").glob("segment-*/posts.npy"))
    data = bytearray(path.read_bytes())
    data[-3] ^= 8
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage", [lose_all, break_the_manifest, put_a_file_in_its_place, change_one_byte]
)
def test_checking_mends_whatever_became_of_the_index(
    home: Home, damage: Callable[[Path], None]
) -> None:
    damage(home.folder / "index")

    first = home.documents("check", "--json")
    second = home.documents("check", "--json")

    assert (first.status, first.value["whole"], first.value["mended"]) == (0, True, True)
    assert sorted(first.value["missing"]) == founding_ids()
    assert (second.value["missing"], second.value["mended"]) == ([], False)
    assert second.value["documents"] == 5


def test_checking_says_what_it_did(home: Home) -> None:
    assert "agree: 5 documents" in home.documents("check").out
    lose_all(home.folder / "index")
    assert "findable again" in home.documents("check").out


def test_a_removed_document_that_cannot_leave_the_index_is_removed_all_the_same(
    home: Home,
) -> None:
    break_the_manifest(home.folder / "index")

    ran = home.documents("remove", "learning-cities-libraries")

    assert ran.status == 0
    assert "documents check" in ran.err
    assert "learning-cities-libraries" not in ids(home)


def test_a_damaged_index_is_said_when_something_is_added(home: Home, plan: Path) -> None:
    break_the_manifest(home.folder / "index")

    ran = home.documents("add", plan, "--json")

    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "documents check" in ran.err


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_done_and_says_so_in_one_sentence(home: Home, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(400):
        (many / f"{number:03}.txt").write_text(f"第{number}号文件。\n\n" * 120, "utf-8")
    running = home.start("documents", "add", many, "--json")
    running.wait_for_output()

    running.send(signal.SIGINT)
    ran = running.ended()

    done = [line["id"] for line in ran.lines]
    assert ran.status == 1
    assert ran.err.strip().count("\n") == 0
    assert f"{len(done)} files are done" in ran.err
    assert len(done) < 400
    assert set(done) <= set(ids(home))
    assert home.documents("check", "--json").value["missing"] == []


def test_json_stands_alone_on_standard_output(home: Home, folder: Path) -> None:
    ran = home.documents("add", folder, "--json")

    assert all(isinstance(line, dict) for line in ran.lines)
    assert ran.err == ""


def test_output_that_nobody_takes_is_said(home: Home) -> None:
    ran = home.start("documents", "list", "--json", out="/dev/full").ended()

    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "No space left" in ran.err


def test_a_full_disk_is_said_in_one_sentence_and_nothing_is_half_done(
    home: Home, folder: Path
) -> None:
    (folder / "long.txt").write_text("又是一段很长的话。\n\n" * 3000, "utf-8")

    ran = home.documents("add", folder, "--json", prepare=with_little_disk)

    assert ran.status == 1
    assert ran.err.count("\n") == 1, ran.err
    assert "Something went wrong" not in ran.err
    check = home.documents("check", "--json")
    assert (check.status, check.value["broken"]) == (0, [])
    assert home.documents("add", folder, "--json").lines[-1]["status"] in ("added", "unchanged")


@pytest.mark.parametrize(
    ("closed", "command", "said"),
    [
        ("logs", ["list"], "cannot be written"),
        ("*.db", ["remove", "learning-cities-libraries"], "may not be written"),
        ("index/lexical", ["check"], "search index"),
    ],
)
def test_what_may_not_be_written_is_said_in_one_sentence(
    founded: Path, closed: str, command: list[str], said: str
) -> None:
    with TemporaryDirectory() as place:
        home = Home(Path(shutil.copytree(founded, Path(place) / "home")))
        break_the_manifest(home.folder / "index")
        open_to_all([Path(place), home.folder, *home.folder.rglob("*")])
        for path in home.folder.glob(closed):
            for inner in [path, *path.rglob("*")]:
                inner.chmod(0o555 if inner.is_dir() else 0o444)

        ran = home.documents(*command, prepare=as_nobody)
        open_to_all([home.folder, *home.folder.rglob("*")])

    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert said in ran.err


def open_to_all(paths: list[Path]) -> None:
    for path in paths:
        path.chmod(0o777 if path.is_dir() else 0o666)


def test_help_names_every_command(tmp_path: Path) -> None:
    start = time.perf_counter()
    said = Home(tmp_path).documents("--help").out

    assert all(f"\n  {name}" in said for name in ("add", "list", "show", "remove", "check"))
    assert time.perf_counter() - start < 10


def test_cards_are_begun_and_shown(home: Home) -> None:
    begun = home.documents("cards", "professionalization-initiative-2021", "--begin", "--json")

    assert begun.status == 0
    assert begun.value["drafts"] > 3
    again = home.documents("cards", "professionalization-initiative-2021", "--begin", "--json")
    assert again.value["drafts"] == begun.value["drafts"]
    assert home.documents("cards", "nosuch").status == 1


def test_cards_are_not_drafted_without_a_model(home: Home) -> None:
    ran = home.documents("cards", "professionalization-initiative-2021", "--draft")

    assert ran.status == 1
    assert "LIBCOACH_LLM_BASE_URL" in ran.err
