"""The core verdict over 10^6 events, beside a plain script and, where installed, runtime monitors from PyPI.

    python benchmarks/streams.py [EVENTS]

The property is "every obligation created is fulfilled within 90 days". Half of the events are creations, nine in ten
obligations are fulfilled after 1 to 120 days. Each run is a process of its own; events are generated as they are taken,
and the time of generating them (measured alone) is subtracted. `plain` is a dictionary and a deque: in order only, no
reasons, nothing revised. reelay and rtamt are run where installed (`pip install reelay rtamt`), on 1/100 of the events,
one a day and in order: reelay with the obligations' ids as data, rtamt, which knows signals only, without them.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator

DAYS = 90
Event = tuple[int, bool, int]


def events(count: int, a_day: int, *, shuffled: bool) -> Iterator[Event]:
    """Events as they come in; out of order means displaced by up to 5,000 places."""
    rng, displace = random.Random(7), random.Random(8)
    pending: dict[int, list[int]] = {}
    due: deque[tuple[int, int]] = deque()
    window: list[Event] = []
    number = made = 0
    while number < count:
        day = number // a_day
        ready = pending.pop(day, None)
        if ready:
            due.extend((day, name) for name in ready)
        if due and rng.random() < 0.5:
            event = (day, True, due.popleft()[1])
        else:
            event = (day, False, made)
            if rng.random() < 0.9:
                pending.setdefault(day + rng.randint(1, 120), []).append(made)
            made += 1
        number += 1
        if not shuffled:
            yield event
            continue
        window.append(event)
        if len(window) >= 5000:
            at = displace.randrange(len(window))
            window[at], window[-1] = window[-1], window[at]
            yield window.pop()
    displace.shuffle(window)
    yield from window


def none_at_all(stream: Iterable[Event]) -> int:
    for _ in stream:
        pass
    return 0


def ours(stream: Iterable[Event]) -> int:
    from servanda.judging.stream import WithinDays

    monitor = WithinDays(DAYS)
    monitor.feed(stream)
    return monitor.broken


def plain(stream: Iterable[Event]) -> int:
    waiting: dict[int, int] = {}
    queue: deque[tuple[int, int]] = deque()
    broken = 0
    for day, fulfils, name in stream:
        while queue and queue[0][0] + DAYS < day:
            _, first = queue.popleft()
            if waiting.pop(first, None) is not None:
                broken += 1
        if fulfils:
            waiting.pop(name, None)
        else:
            waiting[name] = day
            queue.append((day, name))
    return broken


def peer_reelay(stream: Iterable[Event]) -> int:
    """With data: each obligation is told apart by its id. One step is one event."""
    import reelay

    monitor = reelay.discrete_timed_monitor(
        pattern=f"forall[x]. historically((once[{DAYS}:{DAYS}]{{made: *x}}) -> (once[:{DAYS}]{{done: *x}}))",
        condense=False,
    )
    broken = 0
    for _, fulfils, name in stream:
        broken += not monitor.update({"done" if fulfils else "made": str(name)})["value"]
    return broken


def peer_rtamt(stream: Iterable[Event]) -> int:
    """Without data: rtamt knows signals only, so all obligations are one. One step is one event."""
    import rtamt

    monitor = rtamt.StlDiscreteTimeSpecification()
    monitor.declare_var("made", "float")
    monitor.declare_var("done", "float")
    monitor.spec = f"historically((once[{DAYS}:{DAYS}](made >= 0.5)) implies (once[0:{DAYS}](done >= 0.5)))"
    monitor.parse()
    broken = 0
    for number, (_, fulfils, _name) in enumerate(stream):
        broken += monitor.update(number, [("made", float(not fulfils)), ("done", float(fulfils))]) < 0
    return broken


RUNNERS = {"none": none_at_all, "ours": ours, "plain": plain, "reelay": peer_reelay, "rtamt": peer_rtamt}


def run(name: str, count: int, a_day: int, order: str) -> None:
    start = time.process_time()
    broken = RUNNERS[name](events(count, a_day, shuffled=order == "out"))
    spent = time.process_time() - start
    print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, broken)


def measured(name: str, count: int, a_day: int, order: str) -> tuple[float, float, int] | None:
    command = [sys.executable, __file__, "--run", name, str(count), str(a_day), order]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    spent, size, broken = done.stdout.split()
    return float(spent), float(size), int(broken)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(f"{'a day':>5} {'order':>5} {'monitor':>8} {'events/s':>12} {'x plain':>8} {'MB':>5} {'broken':>8}")
    for a_day in (1, 10, 274):
        for order in ("in", "out"):
            base = measured("none", count, a_day, order)
            assert base is not None
            speeds: dict[str, float] = {}
            for name in ("plain", "ours") if order == "in" else ("ours",):
                found = measured(name, count, a_day, order)
                assert found is not None
                spent = max(found[0] - base[0], 1e-9)
                speeds[name] = count / spent
                beside = f"{speeds[name] / speeds['plain']:.2f}" if "plain" in speeds else ""
                row = f"{a_day:>5} {order:>5} {name:>8} {speeds[name]:>12,.0f} {beside:>8}"
                print(f"{row} {found[1]:>5.0f} {found[2]:>8,}", flush=True)
    for name in ("reelay", "rtamt"):
        few = count // 100
        base, found = measured("none", few, 1, "in"), measured(name, few, 1, "in")
        if found is None or base is None:
            print(f"{1:>5} {'in':>5} {name:>8} {'not installed':>12}")
        else:
            print(f"{1:>5} {'in':>5} {name:>8} {few / max(found[0] - base[0], 1e-9):>12,.0f} {'':>8} {found[1]:>5.0f}")


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] == "--run":
        run(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
    else:
        main()
