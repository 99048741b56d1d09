"""Importable so that the tests can share conftest.py."""
