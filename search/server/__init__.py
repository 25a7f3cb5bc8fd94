"""A real Elasticsearch on this machine's loopback: for tests, and for whoever wants to try the second engine.

The distribution is the one Elastic publishes for its own integration tests: the true server with the core analysis.
What runs on it runs on every full one."""
