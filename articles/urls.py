from django.urls import path

from articles import feeds, views

app_name = "articles"
urlpatterns = [
    path("articles/", views.article_list, name="list"),
    path("articles/<slug:slug>/", views.article, name="detail"),
    path("articles/<slug:slug>/replies/", views.replies, {"kind": "article"}, name="replies"),
    path(
        "articles/<slug:slug>/replies/received/", views.reply_received, {"kind": "article"}, name="received"
    ),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("feed/", feeds.LatestFeed(), name="feed"),
    path("feed/corrections/", feeds.CorrectionsFeed(), name="corrections-feed"),
]
