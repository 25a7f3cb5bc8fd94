"""Organisations, their names, their place in the tree over time."""

from .organisation import Organisation, OrganisationName
from .tree import Placement, Succession

__all__ = ["Organisation", "OrganisationName", "Placement", "Succession"]
