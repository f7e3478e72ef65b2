from django.urls import path

from articles.reply_views import replies
from articles.social_cards.views import of_article as card
from comparisons import views
from comparisons.embedding import embed

app_name = "comparisons"
PATH, COMPARISON = {"kind": "career-path"}, {"kind": "comparison"}
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
]
