"""Where a store can stand: a file, and a database on a PostgreSQL server started for the tests."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import find_postgresql

Place = str | Path

SERVER_USER = "postgres"
"""PostgreSQL refuses to run as root; its Debian package brings this user."""


def as_server_user(command: list[str]) -> None:
    if os.name != "nt" and os.geteuid() == 0:
        command = ["runuser", "-u", SERVER_USER, "--", *command]
    # Into a file: a server that inherited a pipe would keep whoever reads it waiting.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdout=said, stderr=said, cwd="/", check=False)
        said.seek(0)
        assert done.returncode == 0, said.read().decode()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start a server that only a socket reaches; give its address less the database."""
    programs = find_postgresql()
    if programs is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("no PostgreSQL driver here: pip install 'psycopg[binary]'")
    folder = Path(tempfile.mkdtemp(prefix="netvaerk-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, SERVER_USER)
    data, log = str(folder / "data"), str(folder / "log")
    initdb = ["--auth=trust", "--username=tester", "--encoding=UTF8", "--no-sync", "--locale=C"]
    settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    try:
        as_server_user([str(programs / "initdb"), "-D", data, *initdb])
        as_server_user(
            [str(programs / "pg_ctl"), "-D", data, "-l", log, "-w", "-o", settings, "start"]
        )
        try:
            yield f"postgresql+psycopg://tester@/{{}}?host={folder}"
        finally:
            as_server_user([str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(postgresql_server: str) -> str:
    """Return the address of an empty database."""
    import sqlalchemy as sa

    name = f"netvaerk_{uuid.uuid4().hex}"
    engine = sa.create_engine(
        postgresql_server.format("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return postgresql_server.format(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Return where no store stands yet: once a file, once a shared database."""
    if request.param == "sqlite":
        return tmp_path / "netvaerk.netvaerk"
    return str(request.getfixturevalue("database"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of a workbook file that is not there yet."""
    return tmp_path / "netvaerk.netvaerk"
