"""Wagtail's backend for Elasticsearch 8 with analyzers the test distribution has: it lacks n-grams and folding."""

from modelsearch.backends.elasticsearch8 import Elasticsearch8SearchBackend

PLAIN = {"type": "custom", "tokenizer": "standard", "filter": ["lowercase"]}


class SearchBackend(Elasticsearch8SearchBackend):
    settings = {"settings": {"analysis": {"analyzer": {"ngram_analyzer": PLAIN, "edgengram_analyzer": PLAIN}}}}
