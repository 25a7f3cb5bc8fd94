"""A step of a page's way to the public, taken by role in the page's organisation, never by who wrote it (law 10)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState

from .enums import APPROVALS, Step


class RoleApprovalTask(Task):
    """Approved or sent back by whoever holds a role for this step in the organisation of the page, or above it.

    Nobody approves her own work: neither who asked for the approval, nor who wrote any revision the public has not
    seen yet. Sending back, with a comment, is open to everyone who has the role: it lets nothing out.
    """

    step = models.CharField(gettext_lazy("step"), max_length=10, choices=Step.choices, default=Step.CHECK)

    admin_form_fields = [*Task.admin_form_fields, "step"]
    admin_form_readonly_on_edit_fields = [*Task.admin_form_readonly_on_edit_fields, "step"]

    class Meta:
        verbose_name = gettext_lazy("Approval by role in the organisation")
        verbose_name_plural = gettext_lazy("Approvals by role in the organisation")

    @classmethod
    def get_description(cls) -> str:
        return _("Those with the role in the page’s organisation, or above it, approve; nobody approves her own work.")

    def may_handle(self, page: Any, user: Any) -> bool:
        """Has this person a role for the step wherever the page belongs: as the public has it and as drafted?"""
        from .permissions import may_act_for

        if not user.is_active:
            return False
        belongs = organisations_of(page)
        return user.is_superuser or (
            bool(belongs) and all(may_act_for(user, self.step, one, APPROVALS) for one in belongs)
        )

    def may_approve(self, page: Any, user: Any) -> bool:
        return self.may_handle(page, user) and user.pk not in authors_of(page)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.may_handle(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Whoever waits for another's word waits; she may cancel what she asked for and go on writing."""
        return not self.may_approve(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self.may_handle(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self.may_handle(obj, user):
            return []
        back = ("reject", _("Request changes"), True)
        if user.pk in authors_of(obj):
            return [back]
        return [back, ("approve", _("Approve"), False), ("approve", _("Approve with comment"), True)]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Asked again about the page the state belongs to: the address names page and state apart, and a revision
        may have been saved in the same breath."""
        page = task_state.workflow_state.content_object
        allowed = self.may_approve if action_name == "approve" else self.may_handle
        if page is None or not allowed(page, user):
            raise PermissionDenied(_("Nobody approves their own work. Ask someone else with the role."))
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        states = {pk: int(page) for pk, page in waiting.values_list("pk", "workflow_state__object_id")}
        if not user.is_active or not states:
            return TaskState.objects.none()
        if user.is_superuser:
            return waiting
        mine = self._pages_in_reach(user, set(states.values()))
        return waiting.filter(pk__in=[pk for pk, page in states.items() if page in mine])

    def _pages_in_reach(self, user: Any, pages: set[int]) -> set[int]:
        from cms.organisations.models import Organisation

        from .permissions import roots

        starts = roots(user, {self.step}, APPROVALS)
        if not starts:
            return set()
        reach = set(Organisation.objects.within(starts).values_list("pk", flat=True))
        return {page for page, belongs in belongings(pages).items() if belongs and belongs <= reach}


def organisations_of(page: Any) -> frozenset[int]:
    return belongings([page.pk]).get(page.pk, frozenset())


def belongings(page_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The organisations each page belongs to: that of its row and that of its newest draft. Empty where one of them
    names none. A statement for each page type and one for the drafts."""
    from .permissions import page_policy

    ids = list(page_ids)
    found: dict[int, set[int | None]] = {}
    for model in page_policy.stewarded_types():
        for pk, organisation in model._default_manager.filter(pk__in=ids).values_list("pk", "organisation_id"):
            found[pk] = {organisation}
    drafts = Page.objects.filter(pk__in=found, latest_revision__isnull=False)
    for pk, organisation in drafts.values_list("pk", "latest_revision__content__organisation"):
        found[pk].add(organisation)
    return {pk: frozenset() if None in names else frozenset(names) for pk, names in found.items()}


def authors_of(page: Any) -> frozenset[int]:
    """Who wrote what the public has not seen yet, and who asked for it to be let out."""
    revisions = Revision.page_revisions.filter(object_id=str(page.pk))
    published = Page.objects.filter(pk=page.pk).values_list("live_revision__created_at", flat=True).first()
    if published:
        revisions = revisions.filter(created_at__gt=published)
    asked = WorkflowState.objects.active().for_instance(page).values_list("requested_by", flat=True)
    return frozenset({*revisions.values_list("user", flat=True), *asked} - {None})


def ensure_workflow(name: str, tasks: Sequence[tuple[str, str]], pages: Iterable[Page]) -> None:
    """Lay a workflow of such steps ``(name, step)`` for these pages, once: where the task type has ever been used,
    what the office has made of it stays."""
    from wagtail.models import Workflow, WorkflowPage, WorkflowTask

    if RoleApprovalTask.objects.exists():
        return
    workflow = Workflow.objects.create(name=name)
    for place, (label, step) in enumerate(tasks):
        task = RoleApprovalTask.objects.create(name=label, step=step)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    for page in pages:
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
