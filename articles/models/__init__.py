from .article import Article, ArticleQuerySet, Byline, State
from .ban import Ban, BanQuerySet
from .base import Identified, Positioned
from .bulk import BulkItem, BulkJob
from .call_to_action import CallToAction
from .comment import Comment, CommentQuerySet
from .correction import Correction
from .desk import DeskSettings, OpenForm, UnsavedWork
from .disallowed import DisallowedWord
from .due import Due
from .event import Event
from .external_link import (
    ExternalLink,
    ExternalLinkQuerySet,
    LinkCheck,
    LinkReplacement,
    LinkUse,
    LinkUseQuerySet,
    ReplacedLink,
)
from .finding import DraftLink, Finding, FindingQuerySet, LateWarning
from .follower import Follower, FollowerQuerySet
from .image import Illustrated, Image
from .interval import ReviewInterval
from .people import Author
from .preview_link import PreviewLink, PreviewLinkQuerySet
from .publication import Facet, Publication, PublicationQuerySet
from .review import Review, ReviewNote, ReviewNoteQuerySet, ReviewQuerySet
from .revision import Revision, RevisionQuerySet
from .section import Section
from .source import Source
from .tag import Tag
from .task import Task, TaskQuerySet
from .word import Word
from .worker import Duty, Worker

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Author",
    "Ban",
    "BanQuerySet",
    "BulkItem",
    "BulkJob",
    "Byline",
    "CallToAction",
    "Comment",
    "CommentQuerySet",
    "Correction",
    "DeskSettings",
    "DisallowedWord",
    "DraftLink",
    "Due",
    "Duty",
    "Event",
    "ExternalLink",
    "ExternalLinkQuerySet",
    "Facet",
    "Finding",
    "FindingQuerySet",
    "Follower",
    "FollowerQuerySet",
    "Identified",
    "Illustrated",
    "Image",
    "LateWarning",
    "LinkCheck",
    "LinkReplacement",
    "LinkUse",
    "LinkUseQuerySet",
    "OpenForm",
    "Positioned",
    "PreviewLink",
    "PreviewLinkQuerySet",
    "Publication",
    "PublicationQuerySet",
    "ReplacedLink",
    "Review",
    "ReviewInterval",
    "ReviewNote",
    "ReviewNoteQuerySet",
    "ReviewQuerySet",
    "Revision",
    "RevisionQuerySet",
    "Section",
    "Source",
    "State",
    "Tag",
    "Task",
    "TaskQuerySet",
    "UnsavedWork",
    "Word",
    "Worker",
]
