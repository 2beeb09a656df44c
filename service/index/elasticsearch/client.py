"""The connection: official client, several nodes, TLS, API key; its errors in the officers' words.

The server is looked at once, before its first use: another product or a version that this client was not made for is
refused, since a half-working index is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from elastic_transport import TlsError
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    ConnectionError,  # noqa: A004 - the client's name for it
    Elasticsearch,
    NotFoundError,
    TransportError,
    UnsupportedProductError,
)
from elasticsearch.helpers import BulkIndexError

from service.errors import IndexRefused, IndexUnavailable

OLDEST: Final = (9, 2)
"""The client promises to work with servers of its own minor version and later ones of the same major."""
_RETRIES: Final = 4
_BUSY: Final = (429, 502, 503, 504)
_NO_INDEX: Final = "Chỉ mục trên máy chủ tìm kiếm không còn; hệ thống sẽ dựng lại"
_VERSION: Final = re.compile(r"(\d+)\.(\d+)\.")


@dataclass(frozen=True, slots=True)
class Server:
    """Where the search server is and how to speak to it."""

    urls: tuple[str, ...]
    api_key: str | None = None
    ca_file: Path | None = None
    timeout: float = 10.0
    """Seconds for one search; writing gets six times as long."""
    prefix: str = "dondoc"
    """With what the names of our indices begin."""


def connect(server: Server) -> Elasticsearch:
    """A client that tries another node when one is gone. Nothing is sent yet."""
    given: dict[str, Any] = {}
    if server.ca_file is not None:
        if not server.ca_file.is_file():
            raise IndexRefused(f"DONDOC_ELASTICSEARCH_CA: không có tệp {server.ca_file}")
        given["ca_certs"] = str(server.ca_file)
    if server.api_key:
        given["api_key"] = server.api_key
    return Elasticsearch(
        list(server.urls),
        request_timeout=server.timeout,
        max_retries=_RETRIES,
        retry_on_timeout=True,
        retry_on_status=_BUSY,
        max_dead_node_backoff=10.0,
        http_compress=False,  # a server stands near: packing the vectors of a report costs more than sending them
        **given,
    )


def check_version(client: Elasticsearch) -> None:
    """IndexRefused for a server that this program was not made for."""
    nodes = client.nodes.info(node_id="_all", filter_path="nodes.*.version").get("nodes", {})
    for version in sorted({str(node["version"]) for node in nodes.values()}):
        found = _VERSION.match(version)
        number = (int(found[1]), int(found[2])) if found else (0, 0)
        if number < OLDEST or number[0] != OLDEST[0]:
            raise IndexRefused(
                f"Máy chủ Elasticsearch có phiên bản {version} chưa được hỗ trợ; cần {OLDEST[0]}.{OLDEST[1]} trở lên, "
                f"thuộc dòng {OLDEST[0]}.x",
                version=version,
            )


@contextmanager
def telling() -> Iterator[None]:
    """Errors of the client as errors of ours: the server cannot be reached now, or does not take us."""
    try:
        yield
    except UnsupportedProductError as error:
        raise IndexRefused("Địa chỉ DONDOC_ELASTICSEARCH_URL không phải là máy chủ Elasticsearch") from error
    except (AuthenticationException, AuthorizationException) as error:
        raise IndexRefused(
            f"Máy chủ Elasticsearch từ chối khóa truy cập DONDOC_ELASTICSEARCH_API_KEY (mã {error.status_code})"
        ) from error
    except NotFoundError as error:
        raise IndexUnavailable(_NO_INDEX) from error
    except ApiError as error:
        if error.status_code in _BUSY:
            raise IndexUnavailable(
                f"Máy chủ tìm kiếm đang quá tải hoặc chưa sẵn sàng (mã {error.status_code})"
            ) from error
        raise
    except BulkIndexError as error:
        raise IndexUnavailable(
            f"Máy chủ tìm kiếm không nhận {len(error.errors)} mục {_first(error)}".rstrip()
        ) from error
    except TlsError as error:
        raise IndexUnavailable(
            "Không xác thực được chứng thư của máy chủ tìm kiếm; hãy kiểm tra DONDOC_ELASTICSEARCH_CA"
        ) from error
    except ConnectionError as error:
        raise IndexUnavailable(f"Máy chủ tìm kiếm chưa trả lời ({type(error).__name__})") from error
    except TransportError as error:
        raise IndexUnavailable(f"Máy chủ tìm kiếm chưa trả lời ({type(error).__name__})") from error


def raise_for(answer: Mapping[str, Any], *, harmless: Sequence[str] = ()) -> None:
    """An error that one of several searches came back with, unless it says one of the ``harmless`` things."""
    status, told = int(answer.get("status", 500)), str(answer["error"])
    if any(words in told for words in harmless):
        return
    if status in _BUSY:
        raise IndexUnavailable(f"Máy chủ tìm kiếm đang quá tải hoặc chưa sẵn sàng (mã {status})")
    if status == HTTPStatus.NOT_FOUND:
        raise IndexUnavailable(_NO_INDEX)
    raise RuntimeError(f"the search server refused a query ({status}): {told[:500]}")


def _first(error: BulkIndexError) -> str:
    for item in error.errors:
        for result in item.values():
            cause = result.get("error") or {}
            return f"({cause.get('type') or result.get('status')})" if isinstance(cause, dict) else f"({cause})"
    return ""
