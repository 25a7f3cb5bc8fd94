"""Registers what search adds to the admin."""

from .learning import hooks  # noqa: F401
