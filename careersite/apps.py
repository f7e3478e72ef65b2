from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CareersiteConfig(AppConfig):
    name = "careersite"


class CareersiteAdminConfig(AdminConfig):
    default_site = "careersite.admin.EditorsSite"
