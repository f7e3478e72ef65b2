from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CareersiteConfig(AppConfig):
    name = "careersite"


class CareersiteAdminConfig(AdminConfig):
    default_site = "careersite.admin.EditorsSite"

    def ready(self) -> None:
        super().ready()
        from careersite import people  # noqa: F401 -- in place of Django's, which are registered by now
