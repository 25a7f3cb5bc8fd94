"""The list of documents exists from the start; imports have a place to go."""

from cms.base.models import HomePage
from cms.people.enums import Step
from cms.people.workflow import ensure_workflow

from .derive import derive_outdated
from .models import DocumentIndexPage


def ensure_document_list(home: HomePage) -> None:
    """``/van-ban/``, once."""
    if DocumentIndexPage.objects.exists():
        return
    page = DocumentIndexPage(
        title="Văn bản",
        slug="van-ban",
        show_in_menus=True,
        intro="Kế hoạch, quyết định, công văn và hướng dẫn: toàn văn, căn cứ và nơi viện dẫn.",
    )
    home.add_child(instance=page)
    page.save_revision().publish()


def ensure_document_workflow(home: HomePage) -> None:
    """Draft, checked, published: one step for reviewing officers, one for those who may publish."""
    shelf = DocumentIndexPage.objects.first()
    if shelf:
        ensure_workflow("Duyệt văn bản", [("Kiểm tra", Step.CHECK), ("Duyệt đăng", Step.RELEASE)], [shelf.page_ptr])


def bring_texts_up_to_date(home: HomePage) -> None:
    """What an upgrade reads in other ways is read anew."""
    derive_outdated()
