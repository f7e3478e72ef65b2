from .invitation import Invitation, InvitationQuerySet
from .password_request import PasswordRequest

__all__ = ["Invitation", "InvitationQuerySet", "PasswordRequest"]
