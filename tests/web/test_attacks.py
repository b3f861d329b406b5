"""What somebody might try who should not: each attempt is refused, with a page that says so, and changes nothing."""

from __future__ import annotations

import html
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from servanda.core.problems import ServandaError
from servanda.web import Accounts, Role, create_app, security
from servanda.web.pages import add
from tests.cli.conftest import ACCORD, REPORT, ROOT

HERE = "http://localhost"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "accord.yaml").write_text(ACCORD, encoding="utf-8")
    return tmp_path


def client_of(folder: Path, *, accounts: bool = False) -> TestClient:
    return TestClient(create_app(folder, demands_accounts=accounts), base_url=HERE, follow_redirects=False)


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    with client_of(folder) as opened:
        yield opened


def token(client: TestClient, path: str = "/add") -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found[1]


def sent(client: TestClient, name: str, content: bytes | str, **fields: str) -> str:
    """Upload one file as an honest user would, and give the page that answers."""
    data = {"token": token(client), "by": "Amal"} | fields
    answer = client.post("/add", data=data, files={"files": (name, content)})
    assert answer.status_code == 200
    return answer.text


def documents(client: TestClient) -> list[str]:
    return [item["id"] for item in client.get("/api/v1/documents").json()]


CHANGES = {
    "/add": {"text": REPORT, "title": "report"},
    "/review": {"claim": "0" * 64, "decision": "accept"},
    "/documents/{document_id}/claims": {"quote": "Eastland", "act": "report", "action": "withdraw"},
    "/documents/{document_id}/claims/{claim}": {"take_back": "1", "seen": ""},
    "/accord": {"text": ACCORD, "based_on": ACCORD, "save": "1"},
}


@pytest.mark.parametrize("path", CHANGES)
def test_a_change_without_the_right_token_is_refused(client: TestClient, path: str) -> None:
    fields = CHANGES[path] | {"by": "Mallory"}
    assert client.post(path, data=fields).status_code == 403
    token(client)
    assert client.post(path, data=fields).status_code == 403
    for guess in ("guessed", "gu\u00e9ss"):
        answer = client.post(path, data=fields | {"token": guess})
        assert answer.status_code == 403
        assert "open the page anew" in answer.text
    assert documents(client) == []


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost.evil.example", "http://[localhost", "localhost"]
)
def test_a_change_sent_from_another_site_is_refused(client: TestClient, path: str, origin: str) -> None:
    fields = CHANGES[path] | {"by": "Mallory", "token": token(client)}
    answer = client.post(path, data=fields, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "another site" in answer.text


def test_every_way_to_change_something_was_tried(folder: Path) -> None:
    """A new page that takes changes must be added to the tests above (`/log-in` opens a session, and changes none)."""
    paths = {
        path
        for path, methods in _routes(folder).items()
        if methods - {"GET", "HEAD"} and path not in ("/log-in", "/log-out")
    }
    assert paths == set(CHANGES)


def _routes(folder: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path, operations in create_app(folder).openapi()["paths"].items():
        found.setdefault(path, set()).update(method.upper() for method in operations)
    return found


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""])
def test_a_foreign_host_header_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "name",
    ["../../outside.txt", "..\\..\\outside.txt", "/tmp/outside.txt", "C:\\outside.txt", "..", "a/../../outside.txt"],
)
def test_an_upload_is_never_written_outside_its_folder(client: TestClient, folder: Path, name: str) -> None:
    before = {path for path in folder.parent.rglob("*") if "outside" in path.name}
    data = {"token": token(client), "by": "Mallory"}
    answer = client.post("/add", data=data, files={"files": (name, REPORT)})
    assert answer.status_code == 200
    assert {path for path in folder.parent.rglob("*") if "outside" in path.name} == before
    assert all("/" not in item and "\\" not in item and ".." not in item for item in documents(client))


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/vendor/../../app.py",
        "/static//etc/passwd",
        "/documents/..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_path_leads_out_of_the_served_files(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 405)
    assert "create_app" not in answer.text
    assert "root:" not in answer.text


HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def test_hostile_text_in_a_document_is_shown_as_text(client: TestClient) -> None:
    report = REPORT.replace("Deadline passes", f"Deadline {HOSTILE} passes").replace("The Gazette", HOSTILE)
    sent(client, "hostile.txt", report + f"\n{HOSTILE}\n")
    [name] = documents(client)
    for path in (
        f"/documents/{name}",
        "/documents",
        "/",
        "/review",
        "/sources",
        "/brief",
        "/timeline",
        "/search?q=alert",
    ):
        page = client.get(path).text
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;") in client.get(f"/documents/{name}").text


def test_the_original_of_a_hostile_page_is_saved_and_never_opened(client: TestClient) -> None:
    page = f"<html><body><p>{REPORT}</p>{HOSTILE}</body></html>"
    sent(client, "hostile.html", page, published="2021-01-29")
    [name] = documents(client)
    answer = client.get(f"/documents/{name}/original")
    assert answer.text == page
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_original_of_a_hostile_page_does_nothing_in_its_frame(client: TestClient) -> None:
    fetching = (
        '<link rel="stylesheet" href="https://evil.example/a.css"><style>@import url(https://evil.example/b.css)</style>'
        '<meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example">'
        '<img srcset="https://evil.example/c.png 2x" src="https://evil.example/d.png" alt="a road">'
        '<iframe src="https://evil.example"></iframe><object data="https://evil.example/e"></object>'
        '<form action="https://evil.example"><input name="q"></form><svg><use href="https://evil.example/f"/></svg>'
        '<p style="background:url(https://evil.example/g)" onclick="alert(2)"><a href="https://evil.example">more</a></p>'
        '<video poster="https://evil.example/h"></video><table background="https://evil.example/i"></table>'
    )
    sent(
        client, "hostile.html", f"<html><body><p>{REPORT}</p>{HOSTILE}{fetching}</body></html>", published="2021-01-29"
    )
    [name] = documents(client)
    answer = client.get(f"/documents/{name}/original/page")
    assert answer.status_code == 200
    assert "Eastland did not withdraw" in answer.text
    assert "[picture: a road]" in answer.text
    assert "evil.example" not in answer.text
    assert not re.search(r"<(script|link|meta http|base|iframe|object|form|svg|video)|\son\w+=|\sstyle=", answer.text)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("sandbox")
    assert client.get(f"/documents/{name}/original/pictures/1.png").status_code == 404


def test_a_hostile_address_is_never_a_link(client: TestClient) -> None:
    sent(client, "address.txt", REPORT.replace("https://example.org/deadline", "javascript:alert(1)"))
    [name] = documents(client)
    assert 'href="javascript:' not in client.get(f"/documents/{name}").text


def test_a_hostile_file_name_is_shown_as_text(client: TestClient) -> None:
    page = sent(client, "<img src=x onerror=alert(1)>.txt", REPORT)
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/search?q={}",
        "/?party={}",
        "/timeline?party={}",
        "/changes?since={}",
        "/?as_of={}",
        "/documents/a?claim={}",
        "/commitments/{}/b",
        "/{}",
        "/?name={}",
    ],
)
def test_a_hostile_address_is_answered_in_plain_text(client: TestClient, path: str) -> None:
    page = client.get(path.format(HOSTILE.replace("/", "%2F")))
    assert page.status_code in (200, 400, 404)
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"/plan?lag={'9' * 5_000}", "is no number of periods; give 0 to 52"),
        ("/plan?measure=weight", "'weight' is no measure; choose one of share"),
        ("/plan?order=none", "'none' is no order; choose one of simultaneous"),
        (f"/?page={'9' * 5_000}", "Borderlands"),
        ("/changes?as_of=0001-01-02&known_by=0001-01-02", "Nothing changed"),
        ("/changes?as_of=9999-12-31&known_by=0001-01-01", "What changed"),
        ("/commitments/no/body?as_of=2021-01-29", ">no/body is not on record"),
    ],
)
def test_numbers_and_dates_at_the_ends_are_answered_in_words(client: TestClient, path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (200, 400, 404)
    assert words in html.unescape(answer.text)


def test_an_upload_that_is_too_large_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add, "LARGEST", 1_000)
    assert "larger than" in sent(client, "large.txt", "words " * 1_000)
    assert documents(client) == []


def test_a_body_that_is_too_large_is_refused_before_it_is_read(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"token": token(client), "by": "Mallory"}
    answer = client.post("/add", data=data, headers={"Content-Length": str(10**12)})
    assert answer.status_code == 413
    assert "larger" in answer.text
    monkeypatch.setattr(security, "LARGEST_REQUEST", 10_000)

    def endless() -> Iterator[bytes]:
        for _ in range(1_000):
            yield b"x" * 1_000

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/add", content=endless(), headers=kind).status_code == 413


@pytest.mark.parametrize("name", ["program.exe", "page.svg", "archive.zip", "noending", ".htaccess"])
def test_an_upload_of_a_kind_that_is_not_read_is_refused(client: TestClient, name: str) -> None:
    assert "not read here" in sent(client, name, b"MZ\x90\x00")
    assert documents(client) == []


@pytest.mark.parametrize(("name", "content"), [("fake.pdf", b"MZ\x90\x00"), ("fake.docx", b"PK\x03\x04junk")])
def test_an_upload_that_is_not_what_its_name_says_is_refused(client: TestClient, name: str, content: bytes) -> None:
    page = sent(client, name, content, published="2021-01-01")
    assert "not added" in page
    assert "Traceback" not in page
    assert documents(client) == []


def test_no_page_holds_a_script_or_a_style_of_its_own(client: TestClient) -> None:
    sent(client, "report.txt", REPORT)
    for path in ("/", "/add", "/review", "/accord", "/documents", "/brief", "/timeline", "/sources", "/search", "/map"):
        answer = client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|javascript:", answer.text), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"


# With accounts


@pytest.fixture
def guarded(folder: Path) -> Iterator[TestClient]:
    accounts = Accounts(folder)
    for role in Role:
        accounts.create(role.value, role, "correct horse battery")
    with client_of(folder, accounts=True) as opened:
        yield opened


def log_in(client: TestClient, name: str) -> None:
    answer = client.post("/log-in", data={"name": name, "password": "correct horse battery"})
    assert answer.status_code == 303


def test_nothing_is_shown_before_one_has_logged_in(guarded: TestClient) -> None:
    for path in ("/", "/documents", "/accord", "/audit", "/brief.docx"):
        answer = guarded.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/log-in")
    for path in ("/api/v1/status", "/api/v1/openapi.json"):
        assert guarded.get(path).status_code == 401


def test_passwords_cannot_be_tried_out(guarded: TestClient) -> None:
    wrong = {"name": "editor", "password": "wrong"}
    statuses = [guarded.post("/log-in", data=wrong).status_code for _ in range(7)]
    assert statuses == [401] * 5 + [429] * 2
    right = guarded.post("/log-in", data={"name": "editor", "password": "correct horse battery"})
    assert right.status_code == 429


def test_a_log_in_from_another_site_is_refused(guarded: TestClient) -> None:
    """Otherwise somebody could be made to work under an account that is not theirs."""
    answer = guarded.post(
        "/log-in",
        data={"name": "editor", "password": "correct horse battery"},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("role", "refused"),
    [("reader", set(CHANGES)), ("analyst", {"/accord"}), ("editor", set())],
)
def test_each_role_may_do_its_part_and_no_more(guarded: TestClient, role: str, refused: set[str]) -> None:
    log_in(guarded, role)
    given = token(guarded)
    statuses = {
        path: guarded.post(path, data=fields | {"token": given}).status_code for path, fields in CHANGES.items()
    }
    assert {path for path, status in statuses.items() if status == 403} == refused
    assert (guarded.get("/audit").status_code == 200) == (role == "editor")


def test_a_name_cannot_be_claimed_by_somebody_who_is_logged_in(guarded: TestClient) -> None:
    log_in(guarded, "analyst")
    guarded.post("/add", data={"token": token(guarded), "by": "editor", "text": REPORT, "title": "report"})
    guarded.cookies.clear()
    log_in(guarded, "editor")
    page = guarded.get("/audit").text
    assert "<td>analyst</td><td>document added</td>" in page
    assert "<td>editor</td><td>document added</td>" not in page


def test_the_session_is_over_when_one_logs_out(guarded: TestClient) -> None:
    log_in(guarded, "reader")
    key = guarded.cookies["servanda_session"]
    assert guarded.post("/log-out", data={"token": token(guarded, "/")}).status_code == 303
    guarded.cookies.set("servanda_session", key)
    assert guarded.get("/").status_code == 303


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(guarded: TestClient) -> None:
    answer = guarded.post("/log-in", data={"name": "reader", "password": "correct horse battery"})
    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_file_of_accounts_that_was_begun_and_no_more_is_as_good_as_none(folder: Path) -> None:
    (folder / "accounts.db").touch()
    with pytest.raises(ServandaError, match="no account"):
        create_app(folder, demands_accounts=True)
    with client_of(folder) as opened:
        assert opened.get("/").status_code == 200


def test_without_an_account_others_are_not_served(folder: Path) -> None:
    with pytest.raises(ServandaError, match="no account"):
        create_app(folder, demands_accounts=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = subprocess.run(
        [sys.executable, "-m", "servanda", "serve", folder, "--host", "0.0.0.0", "--port", str(port)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
        timeout=60,
        check=False,
    )
    assert run.returncode == 2
    assert "servanda account" in run.stderr
    assert "Traceback" not in run.stderr
