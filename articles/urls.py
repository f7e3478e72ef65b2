from django.urls import path

from articles import reply_views, views
from articles.feeds import atom, json_feed
from articles.feeds import views as feeds
from articles.markdown.twins import twin
from articles.social_cards import views as social_cards

app_name = "articles"
ATOM, JSON = {"form": atom.NAME}, {"form": json_feed.NAME}
urlpatterns = [
    path("articles/", views.article_list, name="list"),
    path("articles/<slug:slug>/", views.article, name="detail"),
    path("articles.md", twin(views.article_list), name="list-twin"),
    path("articles/<slug:slug>.md", views.article_twin, name="twin"),
    path("articles/<slug:slug>/replies/", reply_views.replies, {"kind": "article"}, name="replies"),
    path(
        "articles/<slug:slug>/card/<slug:digest>.png",
        social_cards.of_article,
        {"kind": "article"},
        name="card",
    ),
    path("card/<slug:language>/<slug:digest>.png", social_cards.of_site, name="site-card"),
    path("replies/opened/", reply_views.stamp, name="reply-opened"),
    path("replies/own/<str:token>/", reply_views.own, name="reply-own"),
    path("replies/confirm/<str:token>/", reply_views.confirm, name="reply-confirm"),
    path("replies/unsubscribe/<str:token>/", reply_views.unsubscribe, name="reply-unsubscribe"),
    path("replies/data/", reply_views.ask_for_data, name="reply-data"),
    path("replies/data/<str:token>/", reply_views.data, name="reply-data-kept"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("authors/<slug:slug>.md", twin(views.author), name="author-twin"),
    path("tags/<slug:slug>.md", twin(views.tag), name="tag-twin"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("feed/", feeds.site, ATOM, name="feed"),
    path("feed/json/", feeds.site, JSON, name="feed-json"),
    path("feed/corrections/", feeds.corrections, ATOM, name="corrections-feed"),
    path("feed/corrections/json/", feeds.corrections, JSON, name="corrections-feed-json"),
    path("authors/<slug:slug>/feed/", feeds.author, ATOM, name="author-feed"),
    path("authors/<slug:slug>/feed/json/", feeds.author, JSON, name="author-feed-json"),
    path("tags/<slug:slug>/feed/", feeds.tag, ATOM, name="tag-feed"),
    path("tags/<slug:slug>/feed/json/", feeds.tag, JSON, name="tag-feed-json"),
]
