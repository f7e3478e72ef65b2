from django.urls import include, path

from bench.bare import bare

urlpatterns = [path("bench/<str:name>/", bare), path("", include("careersite.urls"))]
