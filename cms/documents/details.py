"""The head of a document as a list of labelled lines."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.base.templatetags.vietnamese import vn_date

from .models import DocumentPage


@dataclass(frozen=True)
class Detail:
    """A line of the head: text (with an address) or several lines."""

    label: str
    text: str = ""
    url: str = ""
    lines: tuple[str, ...] = ()


def details_of(page: DocumentPage) -> list[Detail]:
    """In the order of the law sites; what the document does not say is left out, and so is what only its editors
    need (when it is to be reviewed)."""
    signer = "" if page.is_summary else ", ".join(filter(None, [page.signer_name, page.signer_title]))
    rows = [
        Detail(_("Number and symbol"), page.number),
        Detail(_("Document type"), str(page.get_doc_type_display()) if page.doc_type else ""),
        Detail(_("Issuer"), page.issuer_name, url=page.issuer.get_absolute_url() if page.issuer else ""),
        Detail(_("Parent body"), page.parent_issuer_raw),
        Detail(_("Place"), page.place),
        Detail(_("Date of issue"), vn_date(page.issued_on)),
        Detail(_("In force from"), vn_date(page.effective_from)),
        Detail(_("In force until"), vn_date(page.expires_on)),
        Detail(_("Period it covers"), page.period),
        Detail(_("Signed by"), signer),
        Detail(_("Field of activity"), page.field),
        Detail(_("Addressed to"), lines=tuple(page.addressees.splitlines())),
        Detail(_("Recipients"), lines=tuple(page.recipients.splitlines())),
    ]
    return [row for row in rows if row.text or row.lines]
