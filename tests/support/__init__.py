"""Helpers of the tests: a PostgreSQL server, a web server, pages read back, outages, attacks."""
