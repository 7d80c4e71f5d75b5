"""Many tasks at once: in order, with bounded weight, and the first fault is told."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from clinic import crew
from clinic.crew import at_once, in_processes, in_shares

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True, params=[1, 2, 4])
def hands(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    count: int = request.param
    monkeypatch.setattr(crew, "hands", lambda: count)
    return count


def test_results_come_in_the_order_of_the_tasks() -> None:
    def work(task: int) -> int:
        time.sleep(0.001 * (10 - task))
        return task * task

    found = list(at_once(work, range(10), weight=lambda _: 1, most=4))
    assert found == [task * task for task in range(10)]
    assert list(at_once(work, [], weight=lambda _: 1, most=4)) == []


def test_never_is_more_taken_than_there_is_and_what_is_too_heavy_goes_alone() -> None:
    taken: list[int] = []
    heaviest: list[int] = []
    lock = threading.Lock()

    def work(task: int) -> None:
        with lock:
            taken.append(task)
            heaviest.append(sum(taken) if len(taken) > 1 else 0)
        time.sleep(0.002)
        with lock:
            taken.remove(task)

    list(at_once(work, [1, 2, 3, 100, 2, 1, 3, 2], weight=lambda task: task, most=4))
    assert max(heaviest) <= 4


def test_a_fault_ends_the_work_and_is_told() -> None:
    done: list[int] = []

    def work(task: int) -> int:
        if task == 2:
            raise OSError("gone")
        done.append(task)
        time.sleep(0.001)
        return task

    with pytest.raises(OSError, match="gone"):
        list(at_once(work, range(500), weight=lambda _: 1, most=4))
    assert len(done) < 400, "what was not begun is left undone"


def test_at_least_one_hand_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert crew.hands() >= 1
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert crew.hands() == 1


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies though the process that runs the tests has threads of its own, which hold nothing that is needed here."""
    monkeypatch.setattr(crew, "_can_copy", lambda: True)


def squares(number: int) -> bytes:
    return str(number * number).encode()


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.usefixtures("copies")
def test_copies_of_the_process_give_the_same_in_order(count: int) -> None:
    assert in_processes(squares, count) == [squares(number) for number in range(count)]


@pytest.mark.usefixtures("copies")
def test_what_copies_do_stays_with_them() -> None:
    done: list[int] = []

    def work(number: int) -> bytes:
        done.append(number)
        return str(os.getpid()).encode()

    given = in_processes(work, 3)
    assert done == [0]
    assert len(set(given)) == 3


@pytest.mark.parametrize("how", ["it raises", "it is killed", "it ends early"])
@pytest.mark.usefixtures("copies")
def test_the_work_of_a_copy_that_comes_to_nothing_is_done_here(how: str) -> None:
    here = os.getpid()

    def work(number: int) -> bytes:
        if os.getpid() != here and number == 2:
            if how == "it is killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if how == "it ends early":
                os._exit(0)
            raise ValueError
        return squares(number)

    assert in_processes(work, 4) == [squares(number) for number in range(4)]


@pytest.mark.usefixtures("copies")
def test_what_is_wrong_here_too_is_raised() -> None:
    def work(number: int) -> bytes:
        if number:
            raise ValueError("not today")
        return b""

    with pytest.raises(ValueError, match="not today"):
        in_processes(work, 2)


def test_with_other_threads_there_are_no_copies() -> None:
    """A copy has but one thread: a lock that another one held would stay held for ever."""
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        given = in_processes(lambda _: str(os.getpid()).encode(), 3)
    finally:
        ended.set()
        other.join()
    assert given == [str(os.getpid()).encode()] * 3


@pytest.mark.usefixtures("copies")
def test_without_room_for_another_process_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: (_ for _ in ()).throw(BlockingIOError()))
    assert in_processes(squares, 3) == [squares(number) for number in range(3)]


@pytest.mark.parametrize("each", [1, 3])
def test_shares_come_back_in_order_and_no_copy_looks_at_many_pages(each: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "FEW", 0)
    monkeypatch.setattr(crew, "COURSE", 10)
    monkeypatch.setattr(crew, "hands", lambda: 3)
    told = [
        one.decode().split() for one in in_shares(lambda task: f"{task} {os.getpid()}".encode(), range(100), each=each)
    ]
    assert [task for task, _ in told] == [str(number) for number in range(100)]
    by_copy = Counter(process for _, process in told if process != str(os.getpid()))
    assert max(by_copy.values()) == 10 // each
    assert sum(by_copy.values()) > 60, "copies do two thirds"


def test_copies_find_done_what_the_first_task_did() -> None:
    done: set[int] = set()

    def work(task: int) -> bytes:
        done.add(task)
        return bytes([0 in done])

    assert list(in_shares(work, range(100))) == [b"\x01"] * 100


_KILLED_MEANWHILE = r"""
import os, time
from clinic.crew import in_processes

def work(number):
    if number == 0:
        time.sleep(600)  # nobody listens to the copies yet
    os.write(1, f"{os.getpid()}\n".encode())  # in one piece, beside those of the others
    return b"x" * 10_000_000  # more than a pipe takes at once

in_processes(work, 3)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no copies")
@pytest.mark.parametrize("hands", [2], indirect=True)
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL])
def test_copies_end_when_their_process_was_killed(by: signal.Signals) -> None:
    process = subprocess.Popen([sys.executable, "-c", _KILLED_MEANWHILE], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    try:
        pids = [int(process.stdout.readline()) for _ in range(2)]
        process.send_signal(by)
    except ValueError:
        process.kill()
        raise
    finally:
        process.wait()
        process.stdout.close()
    deadline = time.monotonic() + 30
    while any(map(runs, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    left = [pid for pid in pids if runs(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left


def runs(pid: int) -> bool:
    """Whether a process is still there, and is not only waiting to be counted out."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"
