"""TLS and keys on a real node: what is let in, what is refused, and in which words.

    ELASTICSEARCH_HOME=/path/to/elasticsearch-9.2.0 python -m benchmarks.secured

Starts a node with security and HTTPS, its certificate signed by an authority made here (openssl), and opens an
installation with and without the authority's file, by plain HTTP, and with a wrong key. Prints one JSON line a case. The
test distribution cannot keep API keys (it lacks a module that their index needs), so who has none is let in and a right
key is not tried.
"""

import json
import os
import signal
import ssl
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from benchmarks.servers import Node, give
from service.bootstrap import open_app
from service.errors import DondocError
from service.index.ports import Query
from service.ingest import ingest
from service.settings import Settings
from tests.integration import corpus


def certificates(folder: Path) -> None:
    """ca.crt, and node.crt with node.key for 127.0.0.1."""
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    ca = ["-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=thu"]
    node = ["-keyout", "node.key", "-out", "node.crt", "-subj", "/CN=127.0.0.1", "-CA", "ca.crt", "-CAkey", "ca.key"]
    for given in (ca, [*node, "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=CA:FALSE"]):
        subprocess.run([*new, *given], cwd=folder, check=True, stderr=subprocess.DEVNULL)


def secured_node(home: Path, folder: Path) -> Node:
    config = folder / "config"
    folder.mkdir(parents=True)
    subprocess.run(["cp", "-r", str(home / "config"), str(config)], check=True)
    certificates(config)
    give(folder, "nobody")
    node = Node(home, folder)
    node.settings = {
        "discovery.type": "single-node",
        "xpack.security.enabled": "true",
        "xpack.security.authc.anonymous.username": "khach",
        "xpack.security.authc.anonymous.roles": "superuser",
        "xpack.security.http.ssl.enabled": "true",
        "xpack.security.http.ssl.key": str(config / "node.key"),
        "xpack.security.http.ssl.certificate": str(config / "node.crt"),
    }
    return node


def tried(name: str, home: Path, files: Path, **given: Any) -> dict[str, Any]:
    try:
        with open_app(Settings(home=home, processes=0, elasticsearch_timeout=10, **given)) as app:
            ingest(app, [files])
            found = len(app.index.search(Query(kind="document")))
    except DondocError as error:
        return {"case": name, "refused": type(error).__name__, "said": error.message}
    return {"case": name, "documents_found": found}


def main() -> None:
    server = Path(os.environ["ELASTICSEARCH_HOME"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        node = secured_node(server, folder / "es")
        node.start()
        ca, url = folder / "es" / "config" / "ca.crt", f"https://127.0.0.1:{node.http}"
        try:
            wait(url, ca)
            files = corpus.write(folder / "van-ban")
            cases = {
                "authority known": {"elasticsearch_ca": ca},
                "authority unknown": {},
                "plain HTTP": {"elasticsearch_url": (url.replace("https", "http"),)},
                "wrong key": {"elasticsearch_api_key": "c2FpOnNhaQ==", "elasticsearch_ca": ca},
                "file of the authority missing": {"elasticsearch_ca": folder / "khong-co.crt"},
            }
            for number, (case, given) in enumerate(cases.items()):
                result = tried(case, folder / f"home{number}", files, **{"elasticsearch_url": (url,), **given})
                print(json.dumps(result, ensure_ascii=False), flush=True)
        finally:
            node.end(signal.SIGKILL)


def wait(url: str, ca: Path) -> None:
    context, last = ssl.create_default_context(cafile=str(ca)), ""
    for _ in range(480):
        try:
            urllib.request.urlopen(f"{url}/_cluster/health", context=context, timeout=5).close()  # noqa: S310 - ours
        except OSError as error:
            last = str(error)
            time.sleep(0.5)
        else:
            return
    log = (ca.parents[1] / "log").read_text(encoding="utf-8")[-2000:]
    raise SystemExit(f"the node was not ready in four minutes: {last}\n{log}")


if __name__ == "__main__":
    main()
