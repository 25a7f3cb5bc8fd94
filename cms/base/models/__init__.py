"""Pages every site has, the settings of the office, the outbox."""

from .outbox import OutboxRow
from .pages import ArticlePage, BasePage, HomePage, SectionPage
from .site import OfficeSettings

__all__ = ["ArticlePage", "BasePage", "HomePage", "OfficeSettings", "OutboxRow", "SectionPage"]
