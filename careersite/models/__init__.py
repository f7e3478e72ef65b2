from .invitation import Invitation, InvitationQuerySet
from .password_request import PasswordRequest
from .token import ApiToken, ApiTokenQuerySet

__all__ = ["ApiToken", "ApiTokenQuerySet", "Invitation", "InvitationQuerySet", "PasswordRequest"]
