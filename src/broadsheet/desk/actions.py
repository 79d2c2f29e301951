"""Verbs of the desk."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from broadsheet.people.models import User

REPORTERS, EDITORS = "Reporters", "Editors"
ON_PAGES = {REPORTERS: ["add_page", "change_page"], EDITORS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]}
ON_FILES = {
    REPORTERS: ["add_image", "choose_image", "add_document", "choose_document"],
    EDITORS: ["add_image", "change_image", "delete_image", "choose_image", "add_document", "change_document", "delete_document", "choose_document"],
}  # fmt: skip
ON_LISTS = {
    REPORTERS: ["wagtailadmin.access_admin", "stories.add_topic"],
    EDITORS: [
        "wagtailadmin.access_admin", "stories.add_topic", "stories.change_topic", "people.add_person", "people.change_person",
        "stories.add_placement", "stories.change_placement", "stories.delete_placement", "fronts.add_menuentry", "fronts.change_menuentry",
        "fronts.delete_menuentry", "people.change_publication", "people.change_declarations", "wagtailredirects.add_redirect", "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ],
}  # fmt: skip
FILE_APPS = ("wagtailimages", "wagtaildocs")
"""Wagtail asks for the permissions of its own models, whatever model pictures have."""
REVIEW = "an editor’s review"


@transaction.atomic
def set_up_groups(*, by: User | None) -> bool:
    """Make the groups Reporters (write and submit) and Editors (publish), once; what a newsroom changes later stays. False if they were there."""
    root = Page.get_first_root_node()
    if root is None or Group.objects.filter(name=REPORTERS).exists():
        return False
    # Wagtail's first migrations make two groups: “Editors”, who may not publish, and “Moderators”, who may.
    for old, new in (("Editors", REPORTERS), ("Moderators", EDITORS)):
        if not Group.objects.filter(name=new).exists():
            Group.objects.filter(name=old).update(name=new)
    files = Collection.get_first_root_node()
    for name in (REPORTERS, EDITORS):
        group, _made = Group.objects.get_or_create(name=name)
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=ON_PAGES[name]):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        if files is not None:
            on_files = Permission.objects.filter(content_type__app_label__in=FILE_APPS)
            # Wagtail's migrations let whom we call reporters change and delete everybody's pictures and files, those of public stories too.
            GroupCollectionPermission.objects.filter(
                group=group, collection=files, permission__in=on_files.exclude(codename__in=ON_FILES[name])
            ).delete()
            for permission in on_files.filter(codename__in=ON_FILES[name]):
                GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)
        for app, codename in (full.split(".") for full in ON_LISTS[name]):
            group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename=codename))
    _set_up_review(root)
    return True


def _set_up_review(root: Page) -> None:
    """What reporters submit to: one step, done by any editor."""
    task = GroupApprovalTask.objects.filter(groups__name=EDITORS).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=REVIEW, active=True)
        task.groups.add(Group.objects.get(name=EDITORS))
    GroupApprovalTask.objects.filter(pk=task.pk).update(name=REVIEW)
    workflow = Workflow.objects.filter(workflow_tasks__task_id=task.pk).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=REVIEW, active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    Workflow.objects.filter(pk=workflow.pk).update(name=REVIEW)
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
