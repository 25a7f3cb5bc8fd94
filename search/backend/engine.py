"""The index of the admin's search: the embedded engine in a folder beside the public one."""

from collections.abc import Mapping

from ..engines import ADMIN, engine
from ..engines.tantivy import TantivyEngine
from ..registry import Searchable


class AdminEngine(TantivyEngine):
    """Holds what ``searchables`` says, drafts included; the public search never asks it."""

    name = ADMIN

    def searchables(self) -> Mapping[str, Searchable]:
        from .searchables import searchables

        return searchables()


def admin_engine() -> TantivyEngine:
    """The site's own."""
    return engine(ADMIN)
