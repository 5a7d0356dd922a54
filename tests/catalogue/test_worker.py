"""The catalogue's thread: order, one transaction for many, and each failure to its own."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from spiders_project.catalogue.catalogue import Catalogue, CatalogueFailed
from spiders_project.catalogue.schema import walks
from spiders_project.catalogue.worker import Worker
from tests.catalogue import open_catalogue

LIMIT_SECONDS = 20


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_catalogue(tmp_path / "catalogue.db", patience_seconds=0.1)
    yield engine
    engine.dispose()


@pytest.fixture
def worker(engine: Engine) -> Iterator[Worker]:
    worker = Worker(engine)
    yield worker
    worker.close()


@pytest.fixture
def commits(engine: Engine) -> list[int]:
    """Grows by one entry for each commit."""
    seen: list[int] = []
    event.listen(engine, "commit", lambda _connection: seen.append(1))
    return seen


def _add(connection: Connection, number: int) -> int:
    connection.execute(
        insert(walks).values(run=str(number), site="demo", category="birds", wanted="")
    )
    return number


def _numbers(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return sorted(int(run) for run in connection.scalars(select(walks.c.run)))


def _hold(worker: Worker) -> Callable[[], None]:
    """Keep the thread busy; what is handed over meanwhile waits for the function returned."""
    go, has_begun = threading.Event(), threading.Event()

    def wait(_: Connection) -> None:
        has_begun.set()
        go.wait(LIMIT_SECONDS)

    worker.submit(wait)
    assert has_begun.wait(LIMIT_SECONDS)
    return go.set


def test_a_result_is_given_out_once_it_is_committed(engine: Engine, worker: Worker) -> None:
    assert worker.submit(_add, 7).result(LIMIT_SECONDS) == 7
    assert _numbers(engine) == [7]


def test_what_waits_shares_one_transaction(
    engine: Engine, worker: Worker, commits: list[int]
) -> None:
    go = _hold(worker)
    futures = [worker.submit(_add, number) for number in range(300)]
    go()
    assert [future.result(LIMIT_SECONDS) for future in futures] == list(range(300))
    assert len(commits) == 2


def test_more_than_a_transaction_holds_is_cut_in_parts(
    engine: Engine, worker: Worker, commits: list[int]
) -> None:
    go = _hold(worker)
    futures = [worker.submit(_add, number) for number in range(1_200)]
    go()
    assert [future.result(LIMIT_SECONDS) for future in futures] == list(range(1_200))
    assert len(commits) == 4


def test_functions_run_in_the_order_in_which_they_came(worker: Worker) -> None:
    seen: list[int] = []
    go = _hold(worker)
    futures = [
        worker.submit(lambda _, each=number: seen.append(each))  # type: ignore[misc]
        for number in range(100)
    ]
    go()
    for future in futures:
        future.result(LIMIT_SECONDS)
    assert seen == list(range(100))


def test_one_that_fails_takes_no_other_with_it(engine: Engine, worker: Worker) -> None:
    go = _hold(worker)
    numbers = [1, 2, 2, 3, 1, 4]
    futures = [worker.submit(_add, number) for number in numbers]
    go()
    errors = [type(future.exception(LIMIT_SECONDS)) for future in futures]
    fine = type(None)
    assert errors == [fine, fine, IntegrityError, fine, IntegrityError, fine]
    assert _numbers(engine) == [1, 2, 3, 4]


def test_what_a_failing_function_wrote_before_is_taken_back(engine: Engine, worker: Worker) -> None:
    def write_and_fail(connection: Connection) -> None:
        _add(connection, 1)
        raise ValueError("after writing")

    with pytest.raises(ValueError, match="after writing"):
        worker.submit(write_and_fail).result(LIMIT_SECONDS)
    assert worker.submit(_add, 1).result(LIMIT_SECONDS) == 1
    assert _numbers(engine) == [1]


def test_a_lock_that_ends_stops_nothing_later(engine: Engine, worker: Worker) -> None:
    worker.submit(_add, 1).result(LIMIT_SECONDS)
    with engine.connect() as other, other.begin(), pytest.raises(OperationalError, match="locked"):
        worker.submit(_add, 2).result(LIMIT_SECONDS)
    assert worker.submit(_add, 3).result(LIMIT_SECONDS) == 3
    assert _numbers(engine) == [1, 3]


def test_a_waiter_that_is_cancelled_before_its_turn_writes_nothing(
    engine: Engine, worker: Worker
) -> None:
    async def cancel_one() -> int:
        go = _hold(worker)
        first, second = (asyncio.create_task(worker.run(_add, number)) for number in (1, 2))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        go()
        return await second

    assert asyncio.run(cancel_one()) == 2
    assert _numbers(engine) == [2]


def test_a_waiter_that_is_cancelled_in_its_turn_harms_nobody(
    engine: Engine, worker: Worker
) -> None:
    begun, go = threading.Event(), threading.Event()

    def slow(connection: Connection) -> int:
        begun.set()
        go.wait(LIMIT_SECONDS)
        return _add(connection, 1)

    async def cancel() -> int:
        task = asyncio.create_task(worker.run(slow))
        await asyncio.to_thread(begun.wait, LIMIT_SECONDS)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        go.set()
        return await worker.run(_add, 2)

    assert asyncio.run(cancel()) == 2
    assert _numbers(engine) == [1, 2]


def test_an_event_loop_that_is_gone_harms_nobody(engine: Engine, worker: Worker) -> None:
    go = _hold(worker)

    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(worker.run(_add, 1)), 0.01)

    asyncio.run(give_up())
    go()
    assert worker.submit(_add, 2).result(LIMIT_SECONDS) == 2


def test_close_commits_what_was_handed_over(engine: Engine) -> None:
    worker = Worker(engine)
    go = _hold(worker)
    futures = [worker.submit(_add, number) for number in range(600)]
    threading.Timer(0.05, go).start()
    worker.close()
    assert all(future.done() for future in futures)
    assert _numbers(engine) == list(range(600))


def test_a_closed_worker_refuses_instead_of_waiting_for_ever(engine: Engine) -> None:
    worker = Worker(engine)
    worker.close()
    with pytest.raises(RuntimeError, match="closed"):
        worker.submit(_add, 1).result(2)


def test_many_threads_can_hand_over_at_once(engine: Engine, worker: Worker) -> None:
    def add_fifty(start: int) -> None:
        for number in range(start, start + 50):
            worker.submit(_add, number).result(LIMIT_SECONDS)

    threads = [threading.Thread(target=add_fifty, args=(start,)) for start in (0, 50, 100, 150)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(walks)) == 200


def test_a_catalogue_that_fails_tells_it_once(engine: Engine) -> None:
    catalogue = Catalogue(engine)
    heard: list[CatalogueFailed] = []
    catalogue.listen(heard.append)

    async def fail_twice() -> None:
        for _ in range(2):
            with pytest.raises(CatalogueFailed, match="locked"):
                await catalogue.do(_add, 1)

    with engine.connect() as other, other.begin():
        asyncio.run(fail_twice())
    catalogue.close()
    assert catalogue.has_failed
    assert len(heard) == 1


def test_a_catalogue_that_cannot_begin_fails_in_one_line(engine: Engine) -> None:
    catalogue = Catalogue(engine)
    with engine.connect() as other, other.begin(), pytest.raises(CatalogueFailed) as failed:
        catalogue.do_now(_add, 1)
    catalogue.close()
    assert str(failed.value) == "catalogue: database is locked"
