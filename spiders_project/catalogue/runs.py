"""Who works on what: a row for each run, with a heartbeat that others can read."""

import json
import os
import socket
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from spiders_project.catalogue.clock import after, now
from spiders_project.catalogue.schema import runs

HEARTBEAT_SECONDS = 10.0
_SILENT_SECONDS = 60
"""A run that was silent for so long has died, even where its process seems to be alive: another
program may have got its number."""


@dataclass(frozen=True)
class Job:
    """What is crawled: the same spider with the same arguments is the same job."""

    name: str
    """A digest that file names can hold."""
    spider: str
    site: str | None
    arguments: Mapping[str, Any]


def begin_run(connection: Connection, job: Job) -> str:
    """Note a new run; return its name."""
    run = uuid.uuid4().hex
    time = now()
    connection.execute(
        runs.insert().values(
            run=run,
            job=job.name,
            spider=job.spider,
            site=job.site,
            arguments=json.dumps(job.arguments, ensure_ascii=False, sort_keys=True),
            started_at=time,
            heartbeat_at=time,
            processes=1,
            **_this_process(),
        )
    )
    return run


def resume_run(connection: Connection, run: str) -> bool:
    """Note that this process goes on with a run; False where the catalogue does not know it."""
    result = connection.execute(
        update(runs)
        .where(runs.c.run == run)
        .values(
            heartbeat_at=now(),
            ended_at=None,
            finish_reason=None,
            exit_status=None,
            processes=runs.c.processes + 1,
            **_this_process(),
        )
    )
    return result.rowcount == 1


def beat(connection: Connection, run: str) -> None:
    """Note that a run is alive."""
    connection.execute(update(runs).where(runs.c.run == run).values(heartbeat_at=now()))


def end_run(connection: Connection, run: str, finish_reason: str, exit_status: int) -> None:
    """Note how a run, or this process of it, has ended."""
    time = now()
    connection.execute(
        update(runs)
        .where(runs.c.run == run)
        .values(
            heartbeat_at=time, ended_at=time, finish_reason=finish_reason, exit_status=exit_status
        )
    )


def dead_runs(connection: Connection) -> list[str]:
    """Return the runs that nobody works on any more: ended, killed, or silent for a minute."""
    silent_since = after(now(), seconds=-_SILENT_SECONDS)
    here = socket.gethostname()
    return [
        row.run
        for row in connection.execute(select(runs))
        if row.ended_at is not None
        or row.heartbeat_at < silent_since
        or (row.host == here and not _is_alive(row.pid))
    ]


def _this_process() -> dict[str, Any]:
    return {"host": socket.gethostname(), "pid": os.getpid()}


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
