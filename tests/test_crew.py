"""Many tasks at once: in order, with bounded weight, and the first fault is told."""

import threading
import time

import pytest

from clinic import crew
from clinic.crew import at_once


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
