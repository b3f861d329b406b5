"""The API, tried with made-up requests against its own description: no error of ours, and answers as described."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from servanda.web import create_app
from servanda.web.snapshots import Snapshots

OPERATIONS = {
    "/api/v1/status",
    "/api/v1/commitments/{provision}/{debtor}",
    "/api/v1/summaries",
    "/api/v1/documents",
    "/api/v1/documents/{document_id}",
    "/api/v1/changes",
    "/api/v1/search",
    "/api/v1/doubts",
    "/api/v1/decisions",
    "/api/v1/timeline",
    "/api/v1/places",
    "/api/v1/sources",
    "/api/v1/brief",
    "/api/v1/plan",
    "/api/v1/accord",
}


@pytest.fixture(scope="session")
def schema(web_dossier: Path) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(web_dossier, hosts=("*",)))


def test_every_operation_is_tried(schema: schemathesis.BaseSchema) -> None:
    described = {result.ok().path for result in schema.get_all_operations()}
    assert {path for path in described if path.startswith("/api/")} == OPERATIONS


@pytest.mark.parametrize("path", sorted(OPERATIONS))
def test_the_api_answers_as_it_says(schema: schemathesis.BaseSchema, path: str) -> None:
    @settings(max_examples=15, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=schema[path]["GET"].as_strategy())
    def answers(case: schemathesis.Case) -> None:
        case.call_and_validate()

    answers()


def test_the_api_serves_what_the_pages_show(web_dossier: Path) -> None:
    with TestClient(create_app(web_dossier), base_url="http://localhost") as client:
        dates = {"as_of": "2021-01-29", "known_by": "2021-01-29"}
        judged = client.get("/api/v1/commitments/troops-leave/eastland", params=dates).json()
        assert judged["state"] == "violated"
        assert [entry["state"] for entry in judged["history"]] == ["in force", "violated"]
        kinds = {moment["kind"] for moment in client.get("/api/v1/timeline", params=dates).json()}
        assert {"deadline", "instrument", "event"} <= kinds
        assert [row["publisher"] for row in client.get("/api/v1/sources", params=dates).json()] != []
        assert client.get("/api/v1/doubts", params=dates).json()[0]["document"] == "four-stages"
        assert client.get("/api/v1/places", params=dates).json()["places"][0]["id"] == "borderlands"
        assert client.get("/api/v1/accord").json()["versions"][-1]["by"] == "Amal"
        assert "violated" in client.get("/api/v1/brief", params=dates).json()["markdown"].lower()
        assert client.get("/api/v1/decisions").json() == {"decisions": [], "agreements": []}
        missing = client.get("/api/v1/commitments/no/body")
        assert missing.status_code == 404
        assert missing.json()["error"]["what"].startswith("no/body is not on record")


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("status?as_of=soon", {"where": "query.as_of", "remedy": "write a whole date such as 2021-01-29"}),
        ("changes?since=2021-01-01", {"what": "until is missing", "where": "query.until", "remedy": "give it"}),
        ("search?q=", {"where": "query.q", "remedy": "give one word or more"}),
    ],
)
def test_what_cannot_be_read_is_said_in_our_own_shape(web_dossier: Path, address: str, fault: dict[str, str]) -> None:
    with TestClient(create_app(web_dossier), base_url="http://localhost") as client:
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 422
        error = answer.json()["error"]
        assert error["status"] == 422
        assert error | fault == error


def test_a_failure_of_our_own_is_a_page_that_says_so(web_dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr(Snapshots, "at", fail)
    app = create_app(web_dossier)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        page = client.get("/")
        assert page.status_code == 500
        assert "Servanda itself failed here" in page.text
        assert "secret of the machine" not in page.text
        assert "Back to the overview" in page.text
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        error = client.get("/api/v1/status").json()["error"]
        assert (error["status"], error["where"]) == (500, "/api/v1/status")
