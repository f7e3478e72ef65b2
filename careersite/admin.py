from django.contrib.admin import AdminSite


class EditorsSite(AdminSite):
    site_header = site_title = "Careersite"
    index_title = "The editors' desk"
