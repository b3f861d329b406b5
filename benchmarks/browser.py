"""How fast the browser's pages are served, and how much memory that takes: `python benchmarks/browser.py [CLAIMS]`.

Made up: 1,000 commitments (250 provisions with four debtors each) and, unless told otherwise, 100,000 claims in
documents of twenty (those of benchmarks/ledger.py). `servanda serve` runs in a process of its own. Twenty readers ask
at once, each for the next page as soon as the last one has come; so a page waits for up to nineteen others on this
machine. `alone` is one reader. `first` is the first of these pages; in the first row it waits until all is judged,
since the server has just started and is asked for other dates than today's. Milliseconds. `commitment` is a hundred of
them that nobody has opened before, `history` their strips of states over time (which follow a page where they take
long), `seen before` ten that somebody has opened. `decision` is one after the other, `and then` the review after each.
The last row is asked for while a changed accord makes everything be judged anew. `bar` is what issue 6 asks of the 95th
percentile with twenty readers. `CPU` is the server's computing for each of their pages, which other work on the machine
does not change. Memory is the server's peak.
"""

from __future__ import annotations

import http.client
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.ledger import ACTIONS, CLAIMS_PER_DOCUMENT, NOW, new_document

from servanda.ledger import Ledger

READERS, ROUNDS = 20, 5
DATES = "as_of=2024-12-31&known_by=2024-12-31"


def made_accord() -> str:
    """An accord of 1,000 commitments about what the made-up documents report."""
    lines = ["accord: Made up", "parties:"]
    lines += [f"  p{n}: {{name: Party {n}}}" for n in range(40)]
    lines += ["instruments:", "  - id: deal", "    title: The deal", "    status: signed", "    signed: 2015-01-01"]
    lines += [f"    parties: [{', '.join(f'p{n}' for n in range(40))}]", "    provisions:"]
    for n in range(250):
        debtors = ", ".join(f"p{(n * 4 + k) % 40}" for k in range(4))
        lines += [f"      - id: provision-{n}", f"        text: What provision {n} asks for."]
        lines += [f"        debtors: [{debtors}]", f"        action: {ACTIONS[n % len(ACTIONS)]}"]
        lines += [f"        deadline: {{on: 20{16 + n % 9}-06-{1 + n % 28:02d}}}"]
    return "\n".join(lines) + "\n"


def make(folder: Path, claims: int) -> None:
    (folder / "accord.yaml").write_text(made_accord(), encoding="utf-8")
    with Ledger.open(folder / "ledger.db", create=True) as ledger:
        for number in range(claims // CLAIMS_PER_DOCUMENT):
            new, found = new_document(number)
            ledger.add(new, found, reader="made up", recorded=NOW)


def get(port: int, path: str) -> tuple[float, bytes]:
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status == 200, (path, answer.status)
    return (time.perf_counter() - start) * 1000, body


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def cpu(process: int) -> float:
    """Milliseconds of computing that a process has used so far."""
    user, system = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") * 1000


def row(name: str, server: tuple[int, int], path: Callable[[int], str], bar: int) -> None:
    port, process = server
    first, body = get(port, path(0))
    alone = [get(port, path(n))[0] for n in range(10)]
    before = cpu(process)
    with ThreadPoolExecutor(READERS) as readers:
        together = list(readers.map(lambda n: get(port, path(n))[0], range(READERS * ROUNDS)))
    each = (cpu(process) - before) / len(together)
    print(
        f"{name:<12} {first:>8.0f} {statistics.median(alone):>7.0f} {statistics.median(together):>7.0f} "
        f"{percentile(together, 0.95):>7.0f} {bar:>5} {each:>6.1f} {len(body) / 1000:>6.0f}",
        flush=True,
    )


def decisions(port: int) -> None:
    """Decide links on the review page, one after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", f"/add?{DATES}")
    answer = connection.getresponse()
    page, cookie = answer.read().decode(), (answer.headers["Set-Cookie"] or "").split(";")[0]
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    with_claims = get(port, f"/documents/report-0?{DATES}")[1].decode()
    claims = re.findall(r'id="claim-([0-9a-f]+)"', with_claims)
    taken, shown = [], []
    for claim in claims:
        form = urlencode({"token": token, "by": "Amal", "claim": claim, "decision": "reject", "seen": ""})
        start = time.perf_counter()
        connection.request(
            "POST", "/review", form, {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        )
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - start) * 1000)
        assert answer.status == 303, answer.status
        shown.append(get(port, f"/review?{DATES}")[0])
    median, worst = statistics.median(taken), percentile(taken, 0.95)
    print(f"{'decision':<12} {'':>8} {median:>7.0f} {'':>7} {worst:>7.0f} {100:>5}   ({len(taken)} decisions)")
    median, worst = statistics.median(shown), percentile(shown, 0.95)
    print(f"{'  and then':<12} {'':>8} {median:>7.0f} {'':>7} {worst:>7.0f}")


def memory(process: int, name: str = "VmHWM") -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.findall(rf"{name}:\s+(\d+)", status)[0]) / 1024


def main() -> None:
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, claims)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "servanda", "serve", str(folder), "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ)
        try:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    time.sleep(0.1)
            asked = (port, server.pid)
            print(
                f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {claims:,} claims;"
                f" load of the machine before it began {os.getloadavg()[0]:.1f}"
            )
            print(f"{'page':<12} {'first':>8} {'alone':>7} {'median':>7} {'p95':>7} {'bar':>5} {'CPU':>6} {'kB':>6}")
            row("overview", asked, lambda n: f"/?{DATES}", 200)
            row("commitment", asked, lambda n: f"/commitments/provision-{n % 250}/p{n % 250 * 4 % 40}?{DATES}", 200)
            row(
                "history", asked, lambda n: f"/commitments/provision-{n % 250}/p{n % 250 * 4 % 40}/history?{DATES}", 200
            )
            row("seen before", asked, lambda n: f"/commitments/provision-{n % 10}/p{n % 10 * 4 % 40}?{DATES}", 200)
            row("document", asked, lambda n: f"/documents/report-{n}?{DATES}", 200)
            row("review", asked, lambda n: f"/review?{DATES}", 200)
            row("search", asked, lambda n: f"/search?{DATES}&q=Town+{n}", 200)
            decisions(port)
            row("overview", asked, lambda n: f"/?{DATES}", 200)
            accord = folder / "accord.yaml"
            accord.write_text(accord.read_text(encoding="utf-8").replace("2016-06", "2016-07"), encoding="utf-8")
            row("anew", asked, lambda n: f"/?{DATES}", 200)
            print(f"memory: peak {memory(server.pid):.0f} MB, now {memory(server.pid, 'VmRSS'):.0f} MB; bar 500 MB")
        finally:
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    main()
