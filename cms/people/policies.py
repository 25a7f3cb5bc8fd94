"""Which policy answers for which model. Rooms above register their own rows the same way in their AppConfig."""

from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from .enums import JUDGING, MEMBERSHIPS, PROMOTING, REGISTER, SEARCHES
from .permissions import MembershipPolicy, SitePolicy, SubtreePolicy, page_policy


def register_policies() -> None:
    """Called once, when the apps are ready."""
    from cms.organisations.models import Organisation
    from search.models import Concept, Judgement, PastQuery, PromotedResult, SearchDay

    from .models import Membership

    register_permission_policy(Page, page_policy)
    register_permission_policy(Organisation, SubtreePolicy(Organisation, field="pk", grants=REGISTER))
    register_permission_policy(Concept, SitePolicy(Concept))
    register_permission_policy(Membership, MembershipPolicy(Membership, grants=MEMBERSHIPS))
    for model, grants in (
        (SearchDay, SEARCHES),
        (PastQuery, SEARCHES),
        (PromotedResult, PROMOTING),
        (Judgement, JUDGING),
    ):
        register_permission_policy(model, SitePolicy(model, grants=grants))
