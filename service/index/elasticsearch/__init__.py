"""Elasticsearch behind the index port: explicit mappings, no plugin, an alias that always names a whole index."""

from service.index.elasticsearch.adapter import ElasticIndex
from service.index.elasticsearch.client import Server

__all__ = ["ElasticIndex", "Server"]
