from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CareersiteConfig(AppConfig):
    name = "careersite"


class CareersiteAdminConfig(AdminConfig):
    default_site = "careersite.admin.EditorsSite"

    def ready(self) -> None:
        super().ready()
        from careersite import jobs, people  # noqa: F401 -- in place of what is registered by now
