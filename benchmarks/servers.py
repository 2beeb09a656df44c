"""Real servers for fault runs: a PostgreSQL of our own, Elasticsearch nodes of our own, started, stopped and killed.

Nothing here is installed: PostgreSQL's programs are found under /usr/lib/postgresql, the Elasticsearch server is the
folder that ``.ci/elasticsearch`` fetched (ELASTICSEARCH_HOME). As root they run under other users, as they demand.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_user(name: str) -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={name}", f"--regid={group(name)}", "--clear-groups"]


def group(name: str) -> str:
    return subprocess.run(["id", "-gn", name], capture_output=True, text=True, check=True).stdout.strip()


def give(folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, name, group(name))


def postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@dataclass
class Postgres:
    """A server with an empty database."""

    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        give(self.folder, "postgres")
        self._run("initdb", "-D", "db", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        self._run(
            "pg_ctl", "-D", "db", "-l", "log", "-w", "-o", f"-p {self.port} -k {self.folder} -h 127.0.0.1", "start"
        )

    def stop(self, how: str = "fast") -> None:
        self._run("pg_ctl", "-D", "db", "-w", "-m", how, "stop")

    def _run(self, program: str, *given: str) -> None:
        programs = postgres_programs()
        assert programs, "PostgreSQL is not installed"
        command = [*as_user("postgres"), str(programs / program), *given]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)


@dataclass
class Node:
    """One Elasticsearch node; several with the same ``seeds`` make a cluster."""

    home: Path
    """The unpacked server."""
    folder: Path
    name: str = "one"
    heap_mb: int = 512
    http: int = field(default_factory=free_port)
    transport: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    def start(self) -> None:
        for part in ("data", "logs", "tmp"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        if not (self.folder / "config").is_dir():
            shutil.copytree(self.home / "config", self.folder / "config")
        give(self.folder, "nobody")
        given = {
            "node.name": self.name,
            "http.port": str(self.http),
            "transport.port": str(self.transport),
            "network.host": "127.0.0.1",
            "xpack.security.enabled": "false",
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            **(self.settings or {"discovery.type": "single-node"}),
        }
        options = [part for name, value in given.items() for part in ("-E", f"{name}={value}")]
        environment = os.environ | {
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "ES_JAVA_OPTS": f"-Xms{self.heap_mb}m -Xmx{self.heap_mb}m",
            "ES_JAVA_HOME": os.environ.get("ES_JAVA_HOME") or java(),
            "HOME": str(self.folder),
        }
        with (self.folder / "log").open("ab") as log:
            command = [*as_user("nobody"), str(self.home / "bin" / "elasticsearch"), *options]
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip

    def wait(self, path: str = "/_cluster/health?wait_for_status=yellow&timeout=1s", seconds: float = 180.0) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(self.url + path, timeout=3)  # noqa: S310 - our own server
            except OSError:
                time.sleep(0.5)
            else:
                return
        raise SystemExit(f"{self.name} was not ready: {(self.folder / 'log').read_text()[-2000:]}")

    def end(self, how: int = signal.SIGTERM) -> None:
        """SIGTERM asks it to stop, SIGKILL takes launcher and server away at once."""
        assert self.process
        try:
            os.killpg(self.process.pid, how)
        except ProcessLookupError:
            return
        self.process.wait()


def java() -> str:
    found = sorted(Path("/usr/lib/jvm").glob("temurin-2[1-9]-*"))
    assert found, "Elasticsearch needs Java 21 or newer: set ES_JAVA_HOME"
    return str(found[-1])


def cluster(home: Path, folder: Path, count: int = 3, heap_mb: int = 256) -> list[Node]:
    """Nodes that know each other, started and ready."""
    nodes = [Node(home, folder / f"node{number}", f"node{number}", heap_mb) for number in range(1, count + 1)]
    seeds = ",".join(f"127.0.0.1:{node.transport}" for node in nodes)
    masters = ",".join(node.name for node in nodes)
    for node in nodes:
        node.settings = {
            "cluster.name": "dondoc-faults",
            "discovery.seed_hosts": seeds,
            "cluster.initial_master_nodes": masters,
        }
        node.start()
    for node in nodes:
        node.wait(f"/_cluster/health?wait_for_nodes={count}&timeout=1s")
    return nodes


def end_all(nodes: Sequence[Node]) -> None:
    for node in nodes:
        if node.process and node.process.poll() is None:
            node.end(signal.SIGKILL)
