from django.urls import path

from articles.markdown.twins import twin
from articles.reply_views import replies
from articles.social_cards.views import of_article as card
from comparisons import views
from comparisons.embedding import embed

app_name = "comparisons"
PATH, COMPARISON = {"kind": "career-path"}, {"kind": "comparison"}
CSV, MARKDOWN = {"form": "csv"}, {"form": "md"}
urlpatterns = [
    path("careers/", views.path_list, name="paths"),
    path("careers/<slug:slug>/", views.path, name="path"),
    path("careers/<slug:slug>/replies/", replies, PATH, name="path-replies"),
    path("careers/<slug:slug>/card/<slug:digest>.png", card, PATH, name="path-card"),
    path("compare/", views.comparison_list, name="list"),
    path("compare/<slug:slug>/", views.comparison, name="detail"),
    path("compare/<slug:slug>/decide/", views.decide, name="decide"),
    path("compare/<slug:slug>/decide/<str:code>/", views.result, name="result"),
    path("compare/<slug:slug>/embed/", embed, name="embed"),
    path("compare/<slug:slug>/replies/", replies, COMPARISON, name="replies"),
    path("compare/<slug:slug>/card/<slug:digest>.png", card, COMPARISON, name="card"),
    path("careers.md", twin(views.path_list), name="paths-twin"),
    path("careers/<slug:slug>.md", views.path_twin, name="path-twin"),
    path("compare.md", twin(views.comparison_list), name="list-twin"),
    path("compare/<slug:slug>.md", views.comparison_twin, name="twin"),
    path("compare/<slug:slug>/decide.md", views.decide_twin, name="decide-twin"),
    path("compare/<slug:slug>/decide/<str:code>.md", twin(views.result), name="result-twin"),
    path("compare/<slug:slug>/differences.csv", views.differences_file, CSV, name="differences-csv"),
    path("compare/<slug:slug>/differences.md", views.differences_file, MARKDOWN, name="differences-twin"),
]
