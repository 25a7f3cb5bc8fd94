"""Rows for tests, one function or factory a thing."""

import factory
import wagtail_factories
from django.contrib.auth import get_user_model

from cms.documents.enums import DocumentType
from cms.documents.models import DocumentIndexPage, DocumentPage
from cms.organisations.enums import Kind
from cms.organisations.models import Organisation, Placement
from cms.people.enums import Role
from cms.people.models import Membership


class OrganisationFactory(factory.django.DjangoModelFactory):
    """``OrganisationFactory(code="x", below=parent)``"""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"don-vi-{n}")
    name = factory.LazyAttribute(lambda o: f"Đơn vị {o.code}")
    kind = Kind.AGENCY

    @factory.post_generation
    def below(self, create, parent, **kwargs):
        if parent is not None:
            Placement(organisation=self, parent=parent, **kwargs).save()


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"nguoi-{n}")


def member(organisation, *roles, **dates):
    """A signed-in person with roles (editor and publisher unless said) in one organisation."""
    user = UserFactory()
    for role in roles or (Role.EDITOR, Role.PUBLISHER):
        Membership.objects.create(user=user, organisation=organisation, role=role, **dates)
    return user


class DocumentPageFactory(wagtail_factories.PageFactory):
    """Published below the document list unless ``live=False``."""

    class Meta:
        model = DocumentPage

    title = factory.Sequence(lambda n: f"Kế hoạch minh họa số {n}")
    slug = factory.LazyAttribute(lambda o: None)
    doc_type = DocumentType.PLAN
    body = factory.LazyAttribute(lambda o: [])
    parent = factory.LazyFunction(lambda: DocumentIndexPage.objects.get())
