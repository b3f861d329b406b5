"""Killed, crowded out, read-only, full, damaged, from the future: whole documents or none, and a message that helps."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ledger_samples import NOON, claim, document, row
from sqlalchemy import Engine, event, text

from servanda.core.problems import ServandaError
from servanda.ledger import Ledger, migrations, sqlite
from servanda.ledger.migrations import Migration

HERE = Path(__file__).parent


def run(path: Path, body: str) -> subprocess.Popen[str]:
    """Another process that works on the ledger at `path`."""
    lead = f"""
        import sys, time
        from pathlib import Path
        from ledger_samples import *
        from servanda.ledger import Ledger
        ledger = Ledger.open(Path({str(path)!r}), create=True)
        def pause(things, after):
            for number, thing in enumerate(things):
                if number == after:
                    print("waiting", flush=True)
                    time.sleep(60)
                yield thing
    """
    script = textwrap.dedent(lead) + textwrap.dedent(body)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])}
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment)


def kill_when_waiting(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "waiting\n"
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    process.stdout.close()


def filled(path: Path) -> None:
    with Ledger.open(path, create=True) as ledger:
        ledger.add(document("One.", "one"), [claim("One", "One.")], reader="r", recorded=NOON)


def snapshot(path: Path) -> tuple[object, ...]:
    with Ledger.open(path) as ledger:
        assert ledger.faults() == ()
        return ledger.documents(), ledger.records(), ledger.counts()


def test_killed_while_adding_a_document(path: Path) -> None:
    filled(path)
    before = snapshot(path)
    body = 'quotes = ["began", "refused", "held"]\n'
    body += 'ledger.add(document(), pause(map(claim, quotes), 2), reader="r", recorded=NOON)'
    kill_when_waiting(run(path, body))
    assert snapshot(path) == before
    with Ledger.open(path) as ledger:
        assert ledger.add(document(), [claim("began")], reader="r", recorded=NOON).new


def test_killed_while_adding_a_table(path: Path) -> None:
    filled(path)
    before = snapshot(path)
    body = "rows = (row(str(number)) for number in range(20_000))\nledger.add_rows(pause(rows, 12_000), recorded=NOON)"
    kill_when_waiting(run(path, body))
    assert snapshot(path) == before


def test_killed_between_documents_keeps_those_before(path: Path) -> None:
    filled(path)
    body = """
        for number in pause(range(5), 3):
            text = f"Number {number}."
            ledger.add(document(text, f"n{number}"), [claim("Number", text)], reader="r", recorded=NOON)
    """
    kill_when_waiting(run(path, body))
    with Ledger.open(path) as ledger:
        assert {known.id for known in ledger.documents()} == {"one", "n0", "n1", "n2"}
        assert len(ledger.records()) == 4
        assert ledger.faults() == ()


def test_killed_while_being_made(path: Path) -> None:
    path.touch()
    with pytest.raises(ServandaError, match=r"is an empty file, not a ledger; name a ledger, or make one with"):
        Ledger.open(path)
    filled(path)
    assert len(snapshot(path)) == 3


def test_two_processes_add_at_once(path: Path) -> None:
    filled(path)
    body = """
        for number in range({first}, {first} + 20):
            text = f"Number {{number}}."
            ledger.add(document(text, f"n{{number}}"), [claim("Number", text)], reader="r", recorded=NOON)
        print("done")
    """
    processes = [run(path, body.format(first=first)) for first in (0, 10)]
    assert [process.communicate(timeout=60)[0] for process in processes] == ["done\n", "done\n"]
    with Ledger.open(path) as ledger:
        assert len(ledger.documents()) == 31
        assert len(ledger.records()) == 31
        assert ledger.faults() == ()


def test_several_processes_make_one_ledger_at_once(path: Path) -> None:
    body = 'ledger.add(document("{n}.", "n{n}"), [], reader="r", recorded=NOON)\nprint("done")'
    processes = [run(path, body.format(n=number)) for number in range(3)]
    assert [process.communicate(timeout=60)[0] for process in processes] == ["done\n"] * 3
    assert len(snapshot(path)[0]) == 3  # type: ignore[arg-type]


def test_readers_see_whole_documents_while_another_writes(path: Path) -> None:
    filled(path)
    body = 'ledger.add(document(), pause(map(claim, ["began", "refused"]), 1), reader="r", recorded=NOON)'
    process = run(path, body)
    assert process.stdout is not None
    assert process.stdout.readline() == "waiting\n"
    assert len(snapshot(path)[0]) == 1  # type: ignore[arg-type]
    process.kill()
    process.communicate()


def test_waiting_too_long_for_another_writer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    monkeypatch.setattr(sqlite, "PATIENCE_MS", 50)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger.open(path) as ledger:
        with pytest.raises(ServandaError, match="another process has been writing"):
            ledger.add(document(), [], reader="r", recorded=NOON)
        other.execute("ROLLBACK")
        assert ledger.add(document(), [], reader="r", recorded=NOON).new
    other.close()


# Read-only


WRITES = (
    lambda ledger: ledger.add(document(), [], reader="r", recorded=NOON),
    lambda ledger: ledger.add_rows([row("a")], recorded=NOON),
    lambda ledger: ledger.save_accord("accord: x\n", NOON, "Ada"),
)


def test_opened_for_reading_only(path: Path) -> None:
    filled(path)
    with Ledger.open(path, readonly=True) as ledger:
        assert len(ledger.records()) == 1
        for write in WRITES:
            with pytest.raises(ServandaError, match=r"can be read but not written; give yourself write permission"):
                write(ledger)


def in_child_without_rights(work: object) -> list[str]:
    """What `work` returns in a child process that has no rights beyond anybody's."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            answer = work()  # type: ignore[operator]
        except BaseException as error:
            answer = [f"{type(error).__name__}: {error}"]
        os.write(writer, json.dumps(answer).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        answered = json.loads(stream.read())
    os.waitpid(child, 0)
    assert isinstance(answered, list)
    return answered


@pytest.mark.parametrize("folder_too", [True, False])
def test_a_file_that_may_not_be_written(folder_too: bool) -> None:
    folder = Path(tempfile.mkdtemp())
    path = folder / "ledger.db"
    filled(path)
    path.chmod(0o444)
    folder.chmod(0o555 if folder_too else 0o777)

    def work() -> list[str]:
        with Ledger.open(path) as ledger:
            found = [record.claim.quote or "" for record in ledger.records()]
            try:
                ledger.add(document(), [], reader="r", recorded=NOON)
            except ServandaError as refused:
                found.append(str(refused))
            return found

    try:
        quote, refusal = in_child_without_rights(work)
        assert quote == "One"
        assert "can be read but not written; give yourself write permission to the file and its folder" in refusal
    finally:
        folder.chmod(0o777)
        shutil.rmtree(folder)


def test_a_file_that_may_not_be_read_and_a_folder_that_may_not_be_written() -> None:
    folder = Path(tempfile.mkdtemp())
    path = folder / "ledger.db"
    filled(path)
    path.chmod(0o000)
    folder.chmod(0o555)
    try:
        (refusal,) = in_child_without_rights(lambda: Ledger.open(path))
        assert refusal.startswith("ServandaError: ")
        assert "cannot be opened; check that it exists and that you may read it" in refusal
        long = folder / ("x" * 5000)
        (refusal_of_long_name,) = in_child_without_rights(lambda: Ledger.open(long))
        assert "cannot be opened (File name too long)" in refusal_of_long_name
        (refusal,) = in_child_without_rights(lambda: Ledger.open(folder / "new.db", create=True))
        assert f"no ledger can be made in {folder}; choose a folder that you may write to" in refusal
    finally:
        folder.chmod(0o777)
        shutil.rmtree(folder)


# A full disk


@contextmanager
def disk_of(pages: int) -> Iterator[None]:
    """Every ledger opened meanwhile may take so many pages and no more."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


def test_a_full_disk_loses_nothing(path: Path) -> None:
    filled(path)
    before = snapshot(path)
    size = path.stat().st_size // 4096
    large = "Word after word. " * 20_000
    with disk_of(size + 4), Ledger.open(path) as ledger:
        with pytest.raises(ServandaError, match=r"the disk is full; nothing of what was being written is kept, .*free"):
            ledger.add(document(large, "large"), [], reader="r", recorded=NOON)
        with pytest.raises(ServandaError, match="the disk is full"):
            ledger.add_rows((row(str(number) * 100) for number in range(9000)), recorded=NOON)
    assert snapshot(path) == before
    with Ledger.open(path) as ledger:
        assert ledger.add(document(large, "large"), [], reader="r", recorded=NOON).new


def test_a_full_disk_while_a_ledger_is_made(path: Path) -> None:
    with disk_of(5), pytest.raises(ServandaError, match="the disk is full"):
        Ledger.open(path, create=True)
    filled(path)


# Damage


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"not a ledger at all, but a letter " * 100,
            "is damaged or is not a ledger; restore it from a backup",
        ),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "is damaged or is not a ledger"),
        (b"", "is an empty file, not a ledger"),
    ],
)
def test_a_file_that_is_no_ledger(path: Path, content: bytes, said: str) -> None:
    path.write_bytes(content)
    with pytest.raises(ServandaError) as refused:
        Ledger.open(path)
    assert said in str(refused.value)
    assert path.read_bytes() == content


def test_some_other_database(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE schema_versions (version INTEGER)")
    for create in (True, False):
        with pytest.raises(ServandaError, match="is some other database, not a ledger"):
            Ledger.open(path, create=create)


def test_a_damaged_ledger_is_reported_and_left_alone(path: Path) -> None:
    with Ledger.open(path, create=True) as ledger:
        for number in range(60):
            words = f"Number {number}. " + "Word after word. " * 300
            ledger.add(document(words, f"n{number}"), [claim("Number", words)], reader="r", recorded=NOON)
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xa5" * (len(content) - 4096 * 3)
    path.write_bytes(bytes(content))

    def use() -> None:
        with Ledger.open(path) as ledger:
            ledger.documents()
            ledger.records()
            ledger.search("word")
            ledger.text("n1")

    with pytest.raises(ServandaError, match="is damaged or is not a ledger"):
        use()
    assert path.read_bytes() == bytes(content)


def test_what_was_tampered_with_is_found(path: Path) -> None:
    filled(path)
    with sqlite3.connect(path) as hand:
        hand.execute("DROP TRIGGER texts_no_update")
        hand.execute("UPDATE texts SET text = 'Two.', raw = x'00'")
    hand.close()
    with Ledger.open(path) as ledger:
        (record,) = ledger.records()
        assert ledger.faults() == (
            "one: its bytes are not those that were entered",
            f"one: the quote of claim {record.id} does not stand in its text",
        )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("{folder}", "is a folder, not a ledger; name the file in it, usually ledger.db"),
        ("{folder}/none.db", "there is no ledger at {folder}/none.db; make one with: servanda init DIR"),
        ("postgresql://host/name", "this Servanda keeps no ledger in postgresql; give the path of a ledger file"),
    ],
)
def test_addresses_that_lead_nowhere(tmp_path: Path, address: str, said: str) -> None:
    with pytest.raises(ServandaError) as refused:
        Ledger.open(address.format(folder=tmp_path))
    assert said.format(folder=tmp_path) in str(refused.value)


def test_a_missing_folder_and_an_address_of_sqlite(tmp_path: Path) -> None:
    with pytest.raises(ServandaError, match="does not exist; make it first"):
        Ledger.open(tmp_path / "none" / "ledger.db", create=True)
    with Ledger.open(f"sqlite:///{tmp_path}/ledger.db", create=True) as ledger:
        assert ledger.documents() == ()
    assert (tmp_path / "ledger.db").exists()


def test_names_with_signs_that_addresses_use(tmp_path: Path) -> None:
    path = tmp_path / "50% of? the #1 ledger.db"
    filled(path)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


# Schema versions


def add_a_table(connection: object) -> None:
    connection.execute(text("CREATE TABLE notes (key INTEGER PRIMARY KEY)"))  # type: ignore[attr-defined]


def break_off(connection: object) -> None:
    add_a_table(connection)
    raise ServandaError("the step broke off")


def test_a_ledger_of_a_newer_servanda_is_left_alone(path: Path) -> None:
    filled(path)
    with sqlite3.connect(path) as future:
        future.execute("INSERT INTO schema_versions VALUES (99, 'what is to come', 'servanda 9')")
    future.close()
    for readonly in (True, False):
        with pytest.raises(ServandaError, match=r"written by a newer Servanda \(schema 99; this one knows up to 3\)"):
            Ledger.open(path, readonly=readonly)


def test_an_older_ledger_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    before = snapshot(path)
    steps = (Migration(4, "notes", add_a_table), Migration(5, "nothing", lambda connection: None))
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, *steps))
    with pytest.raises(ServandaError, match="has the older schema 3 and cannot be written; open it once with write"):
        Ledger.open(path, readonly=True)
    assert snapshot(path) == before
    with sqlite3.connect(path) as hand:
        assert hand.execute("SELECT version, what FROM schema_versions").fetchall()[3:] == [
            (4, "notes"),
            (5, "nothing"),
        ]
        assert hand.execute("SELECT count(*) FROM notes").fetchone() == (0,)
    hand.close()
    with Ledger.open(path, readonly=True) as ledger:
        assert len(ledger.records()) == 1


def test_a_step_that_fails_leaves_the_ledger_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    before = snapshot(path)
    with monkeypatch.context() as newer:
        steps = (Migration(4, "fine", lambda connection: None), Migration(5, "broken", break_off))
        newer.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, *steps))
        with pytest.raises(ServandaError, match="the step broke off"):
            Ledger.open(path)
    assert snapshot(path) == before


# Copies


def test_a_copy_is_a_whole_ledger(path: Path, tmp_path: Path) -> None:
    filled(path)
    with Ledger.open(path) as ledger:
        ledger.backup(tmp_path / "copy.db")
        with pytest.raises(ServandaError, match=r"copy.db exists already; name a file that does not exist yet"):
            ledger.backup(tmp_path / "copy.db")
        with pytest.raises(ServandaError, match="cannot be opened"):
            ledger.backup(tmp_path / "nowhere" / "copy.db")
    assert snapshot(tmp_path / "copy.db") == snapshot(path)
    with Ledger.open(tmp_path / "copy.db") as copy:
        assert copy.add(document(), [], reader="r", recorded=NOON).new
        assert len(copy.search("elections")) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows neither removes nor renames an open file")
@pytest.mark.parametrize("replaced", [False, True], ids=["removed", "replaced"])
def test_a_file_that_is_taken_away_meanwhile_is_not_written_to_unseen(
    path: Path, tmp_path: Path, replaced: bool
) -> None:
    with Ledger.open(path, create=True) as ledger:
        ledger.add(document("One.", "one"), [claim("One", "One.")], reader="r", recorded=NOON)
        path.rename(tmp_path / "elsewhere.db")
        if replaced:
            filled(path)
        with pytest.raises(ServandaError, match="was removed or replaced while it was open"):
            ledger.add(document("Two.", "two"), [claim("Two", "Two.")], reader="r", recorded=NOON)
