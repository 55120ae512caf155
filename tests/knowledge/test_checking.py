import pytest
from sqlalchemy import delete, update

from knowledge.checking import Check, compare, mend
from knowledge.index import Entry
from knowledge.proving import database_is_sound
from knowledge.rows import PassageRow, SectionRow, VersionRow
from retrieval.index import SearchIndex
from tests.shelf import Shelf, read_lines

FILES = (("a.txt", "甲\n乙"), ("b.txt", "丙"), ("c.txt", "丁"))
on_disk = pytest.mark.parametrize("shelf", ["sqlite"], indirect=True)


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    shelf.add(*FILES)
    return shelf


def check(shelf: Shelf) -> Check:
    return compare(shelf.sessions, shelf.index)


def mended(shelf: Shelf) -> list[str]:
    return list(mend(shelf.sessions, shelf.index, check(shelf)))


def key_of(shelf: Shelf, document: str) -> str:
    return next(key for key, of in shelf.versions().items() if of == document)


def test_a_library_that_is_whole_needs_nothing(filled: Shelf) -> None:
    assert check(filled) == Check(3, 4)
    assert check(filled).is_whole
    assert mended(filled) == []


def test_an_empty_library_is_whole(shelf: Shelf) -> None:
    assert check(shelf) == Check(0, 0)


def test_what_the_index_lacks_is_put_back(filled: Shelf) -> None:
    filled.index.remove([key_of(filled, "a"), key_of(filled, "c")])

    assert check(filled).missing == ("a", "c")
    assert not check(filled).is_answering
    assert mended(filled) == ["a", "c"]
    assert filled.is_whole()


def test_what_no_document_needs_is_cleared(filled: Shelf) -> None:
    filled.index.put([Entry("stray", "x", "x", read_lines("x", "戊".encode()))])

    assert check(filled).stray == ("stray",)
    assert check(filled).is_answering
    assert mended(filled) == []
    assert filled.is_whole()


def test_what_was_removed_or_replaced_and_left_in_the_index_is_cleared(filled: Shelf) -> None:
    old = [Entry(key_of(filled, d), d, d, read_lines(d, "旧".encode())) for d in ("a", "b")]
    filled.remove("a")
    filled.add(("b.txt", "新"))
    filled.index.put(old)

    assert len(check(filled).stray) == 2
    mended(filled)
    assert filled.is_whole()


def test_a_version_with_too_few_passages_is_put_in_order(filled: Shelf) -> None:
    key = key_of(filled, "a")
    filled.index.renew([Entry(key, "a", "a", read_lines("a", "甲".encode()))])

    assert check(filled).missing == ("a",)
    assert mended(filled) == ["a"]
    assert filled.is_whole()


def test_an_index_that_is_gone_is_made_anew(filled: Shelf) -> None:
    filled.index.clear()

    assert mended(filled) == ["a", "b", "c"]
    assert filled.is_whole()


@on_disk
@pytest.mark.parametrize("damage", ["manifest", "array", "cut", "about", "lost", "file"])
def test_a_damaged_index_is_found_out_and_made_anew(filled: Shelf, damage: str) -> None:
    assert isinstance(filled.index, SearchIndex)
    folder = filled.index.lexical.folder
    segment = next(folder.glob("segment-*"))
    if damage == "manifest":
        (folder / "manifest.json").write_text('{"format": 4}')
    elif damage == "array":
        data = bytearray((segment / "posts.npy").read_bytes())
        data[-1] ^= 1
        (segment / "posts.npy").write_bytes(data)
    elif damage == "cut":
        (segment / "terms.npy").write_bytes(b"")
    elif damage == "about":
        (segment / "segment.json").write_text("[]")
    elif damage == "lost":
        (segment / "owner.npy").unlink()
    else:
        (folder / "manifest.json").write_bytes(b"\xff")

    found = check(filled)

    assert found.is_damaged
    assert found.missing == ("a", "b", "c")
    assert list(mend(filled.sessions, filled.index, found)) == ["a", "b", "c"]
    assert check(filled).is_whole
    assert filled.is_whole()


def test_a_document_that_is_not_whole_in_the_catalogue_is_named(filled: Shelf) -> None:
    with filled.sessions.begin() as session:
        last = (PassageRow.version == key_of(filled, "a")) & (PassageRow.number == 1)
        session.execute(delete(PassageRow).where(last))
        session.execute(delete(SectionRow).where(SectionRow.version == key_of(filled, "b")))

    assert check(filled).broken == ("a", "b")
    assert not check(filled).is_answering


def test_documents_that_were_read_by_older_rules_are_named(filled: Shelf) -> None:
    filled.remove("c")
    with filled.sessions.begin() as session:
        for document in ("b", "c"):
            of_it = VersionRow.document_id == document
            session.execute(update(VersionRow).where(of_it).values(reader=0))

    assert check(filled).older == ("b",)
    assert check(filled).is_whole


def test_the_database_says_that_it_is_sound(filled: Shelf) -> None:
    assert database_is_sound(filled.sessions)


def test_a_large_library_is_mended_in_batches(shelf: Shelf) -> None:
    shelf.add(*((f"{n}.txt", "一段\n" * 500) for n in range(20)))
    shelf.index.remove(list(shelf.versions()))

    assert len(mended(shelf)) == 20
    assert shelf.is_whole()


@on_disk
def test_what_somebody_is_adding_just_now_is_no_stray(filled: Shelf) -> None:
    entry = Entry("coming", "x", "x", read_lines("x", "戊".encode()))
    with filled.index.adding():
        filled.index.put([entry])
        mended(filled)
        assert filled.index.holds("coming")

    mended(filled)
    assert filled.is_whole()


@on_disk
def test_several_may_add_at_once_and_wait_for_who_sweeps(filled: Shelf) -> None:
    with filled.index.adding(), filled.index.adding(), filled.index.sweeping() as alone:
        assert not alone
    with filled.index.sweeping() as alone:
        assert alone
