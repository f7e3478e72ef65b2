"""Transitions happen one after another: what needs what crosses articles."""

from django.db import connection

TURN = 0x63617265  # the advisory lock that whoever makes one holds


def take_turn() -> None:
    """Wait until no other transition is under way.

    Whoever locks an article's row and then makes a transition, in one database transaction, calls this first.
    SQLite sees to it by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
