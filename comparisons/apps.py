from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    name = "comparisons"

    def ready(self) -> None:
        from articles import kinds
        from comparisons.kinds import CareerPathKind, ComparisonKind, QuestionBankKind

        for kind in (CareerPathKind(), ComparisonKind(), QuestionBankKind()):
            kinds.register(kind)
