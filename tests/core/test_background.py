"""Chores beside the pages: done again and again, apart from each other, and ended when asked."""

import threading

from core.background import Background, Chore


def test_a_chore_is_done_again_and_ends_when_asked() -> None:
    twice, count = threading.Event(), []

    def do() -> None:
        count.append(1)
        if len(count) == 2:
            twice.set()

    background = Background([Chore("counting", 0.01, do)])
    background.start()
    assert twice.wait(5)
    assert background.stop()
    done = len(count)
    assert not threading.Event().wait(0.05) and len(count) == done


def test_a_chore_that_fails_or_hangs_holds_up_no_other() -> None:
    tried, free, reached = [], threading.Event(), threading.Event()

    def fail() -> None:
        tried.append(1)
        if len(tried) == 2:
            reached.set()
        raise RuntimeError("không làm được (minh họa)")

    background = Background([Chore("failing", 0.01, fail), Chore("hanging", 1, lambda: free.wait(5))])
    background.start()
    assert reached.wait(5)
    assert not background.stop(0.05) and background.is_stopping
    free.set()
    assert background.stop(5)
