from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path

from articles.markdown.twins import twin
from careersite import health, llms, search_pages, sitemaps, views
from careersite.oembed import oembed

urlpatterns = [
    path("", views.home, name="home"),
    path("api/v1/", include("careersite.api")),
    path("", include("articles.urls")),
    path("", include("comparisons.urls")),
    path("how-we-decide/", views.how_we_decide, name="how-we-decide"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("index.md", twin(views.home), name="home-twin"),
    path("search.md", twin(search_pages.page), name="search-twin"),
    path("how-we-decide.md", twin(views.how_we_decide), name="how-we-decide-twin"),
    path("accessibility.md", twin(views.accessibility), name="accessibility-twin"),
    path("search/", search_pages.page, name="search"),
    path("search/suggestions/", search_pages.suggestions, name="search-suggestions"),
    path("oembed/", oembed, name="oembed"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemap-pages-<int:number>.xml", sitemaps.pages, name="sitemap-more-pages"),
    path("sitemap-<int:number>.xml", sitemaps.block, name="sitemap-block"),
    path("llms.txt", llms.guide, name="llms"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # with DEBUG alone
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
