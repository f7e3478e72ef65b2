from datetime import timedelta

from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    name = "comparisons"

    def ready(self) -> None:
        from articles import duties, kinds
        from comparisons import counting
        from comparisons.kinds import CareerPathKind, ComparisonKind, QuestionBankKind

        for kind in (CareerPathKind(), ComparisonKind(), QuestionBankKind()):
            kinds.register(kind)
        duties.register("forget old counts", every=timedelta(days=1), run=counting.forget_old)
