"""What can be done to many articles from their list, and how the page before it puts that."""

from dataclasses import dataclass

from articles.admin import bulk_forms
from articles.models import BulkJob

ACTION = BulkJob.Action


@dataclass(frozen=True, slots=True)
class Offer:
    """An action as its page speaks of it."""

    name: BulkJob.Action
    form: type[bulk_forms.BulkForm]
    says: str
    button: str
    ends: bool = False  # whether readers or editors lose something by it


OFFERS = {
    offer.name: offer
    for offer in (
        Offer(
            ACTION.PUBLISH,
            bulk_forms.PublishForm,
            "Readers will see the drafts as they are saved now. A draft that somebody edits before its turn "
            "comes is not published, and is named.",
            "Publish",
        ),
        Offer(
            ACTION.SCHEDULE,
            bulk_forms.ScheduleForm,
            "The drafts as they are saved now go live by themselves at the time you give. Later changes of a "
            "draft don't alter that.",
            "Schedule",
        ),
        Offer(
            ACTION.WITHDRAW,
            bulk_forms.WithdrawForm,
            "The pages disappear from lists and search, and their addresses say that they were withdrawn. "
            "What is scheduled after that is cancelled. The drafts and their histories stay.",
            "Withdraw",
            ends=True,
        ),
        Offer(
            ACTION.TAG,
            bulk_forms.TagForm,
            "The drafts change, each with a revision that says so. Readers see no change until these are "
            "published.",
            "Change the tags",
        ),
        Offer(
            ACTION.ASSIGN,
            bulk_forms.AssignForm,
            "What is in review is assigned; what is not stays as it is, and is named.",
            "Assign the review",
        ),
        Offer(
            ACTION.TRASH,
            bulk_forms.BulkForm,
            "They leave the lists and can't be published any more. They can be put back for 30 days. What is "
            "live or scheduled stays as it is, and is named.",
            "Move to the trash",
            ends=True,
        ),
        Offer(ACTION.PUT_BACK, bulk_forms.BulkForm, "They are drafts again, as they were.", "Put back"),
    )
}
