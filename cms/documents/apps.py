"""Plan and guidance documents: import, structure, citations, pages."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class DocumentsConfig(AppConfig):
    name = "cms.documents"
    label = "documents"
    verbose_name = pgettext_lazy("administrative", "Documents")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.base.demonstration import LOADERS
        from cms.base.foundation import STEPS
        from cms.base.home import SECTIONS
        from cms.base.outbox import DEPENDENTS
        from cms.base.ticks import TICKS
        from cms.organisations.searchables import LISTINGS
        from cms.organisations.views import SHELVES
        from cms.people.enums import REGISTER
        from cms.people.permissions import SharedRegisterPolicy, SubtreePolicy
        from media.extraction import SIGNATURE_READERS, TEXT_READERS
        from media.privacy import REFERRERS
        from search.learnt import learn_from

        from . import demonstration, shelves, signals  # noqa: F401
        from .attachments import READABLE, pages_with, read_texts
        from .foundation import bring_texts_up_to_date, ensure_document_list, ensure_document_workflow
        from .glossary_source import said_in_documents
        from .intake import sweep
        from .models import ImportJob, Topic
        from .searchables import issued_by, listing_of_issuer, register_searchables
        from .signing import read_signatures

        register_searchables()
        DEPENDENTS.setdefault("organisation", []).append(issued_by)
        REFERRERS.append(pages_with)
        TEXT_READERS.update(dict.fromkeys(READABLE, read_texts))
        SIGNATURE_READERS["application/pdf"] = read_signatures
        STEPS.extend([ensure_document_list, ensure_document_workflow, bring_texts_up_to_date])
        LOADERS.append((20, demonstration.load))
        register_permission_policy(Topic, SharedRegisterPolicy(Topic, grants=REGISTER))
        register_permission_policy(ImportJob, SubtreePolicy(ImportJob))
        TICKS.append(sweep)
        learn_from(said_in_documents)
        SECTIONS.extend([(10, shelves.newest), (20, shelves.by_type), (30, shelves.issuers)])
        SHELVES.append(shelves.of_organisation)
        LISTINGS.append(listing_of_issuer)
