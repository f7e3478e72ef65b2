from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path

from careersite import health, search_pages, views
from careersite.sitemaps import sitemaps

urlpatterns = [
    path("", views.home, name="home"),
    path("api/v1/", include("careersite.api")),
    path("", include("articles.urls")),
    path("", include("comparisons.urls")),
    path("how-we-decide/", views.how_we_decide, name="how-we-decide"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("search/", search_pages.page, name="search"),
    path("search/suggestions/", search_pages.suggestions, name="search-suggestions"),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": sitemaps()}, name="sitemap-index"),
    path(
        "sitemap-<section>.xml",
        sitemap_views.sitemap,
        {"sitemaps": sitemaps()},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
