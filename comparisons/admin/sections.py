"""The sections of a comparison, each group of them where its page shows them."""

from articles.admin.inlines import SectionInline
from articles.models import Section

Role = Section.Role


class IntroductionInline(SectionInline):
    name = "introduction"
    roles = (Role.INTRODUCTION,)
    verbose_name_plural = "introduction"


class DifferencesTextInline(SectionInline):
    """The words above the table of differences, and what follows the table."""

    name = "differences"
    roles = (Role.DIFFERENCES, Role.BODY)
    at_first = 0
    verbose_name_plural = "text about the differences"


class ChoosingInline(SectionInline):
    name = "choosing"
    roles = (Role.CHOOSING, Role.ALTERNATIVES)
    verbose_name_plural = "text about choosing"


class ConclusionInline(SectionInline):
    name = "conclusion"
    roles = (Role.CONCLUSION,)
    elsewhere = (*IntroductionInline.roles, *DifferencesTextInline.roles, *ChoosingInline.roles)
    verbose_name_plural = "conclusion"
