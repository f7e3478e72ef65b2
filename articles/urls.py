from django.urls import path

from articles import feeds, reply_views, views

app_name = "articles"
urlpatterns = [
    path("articles/", views.article_list, name="list"),
    path("articles/<slug:slug>/", views.article, name="detail"),
    path("articles/<slug:slug>/replies/", reply_views.replies, {"kind": "article"}, name="replies"),
    path("replies/opened/", reply_views.stamp, name="reply-opened"),
    path("replies/own/<str:token>/", reply_views.own, name="reply-own"),
    path("replies/confirm/<str:token>/", reply_views.confirm, name="reply-confirm"),
    path("replies/unsubscribe/<str:token>/", reply_views.unsubscribe, name="reply-unsubscribe"),
    path("replies/data/", reply_views.ask_for_data, name="reply-data"),
    path("replies/data/<str:token>/", reply_views.data, name="reply-data-kept"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("feed/", feeds.LatestFeed(), name="feed"),
    path("feed/corrections/", feeds.CorrectionsFeed(), name="corrections-feed"),
]
