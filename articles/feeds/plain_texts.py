"""Titles, names and summaries as programs of others may be given them. Pure.

Documents refuse control characters, but not all that XML does, and names of people and tags are no part
of them.
"""

import re

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2: Char
END_OF_EMBEDDING, END_OF_ISOLATE = "\u202c", "\u2069"
OPENING = dict.fromkeys("\u202a\u202b\u202d\u202e", END_OF_EMBEDDING) | dict.fromkeys(
    "\u2066\u2067\u2068", END_OF_ISOLATE
)
TURNS = re.compile(f"[{''.join(OPENING)}]")


def printable(text: str) -> str:
    """The text without what no XML document can hold."""
    return FORBIDDEN.sub("", text)


def line(text: str) -> str:
    """One line that can stand beside others: a change of direction in it ends with it.

    Programs put titles into lists of their own, where one that is left open would turn around the rest.
    """
    return closed(" ".join(printable(text).split()))


def closed(text: str) -> str:
    """The text with the end of each change of direction that is left open in it."""
    return text + "".join(reversed(_left_open(text))) if TURNS.search(text) else text


def _left_open(text: str) -> list[str]:
    """What would end the embeddings, overrides and isolates that are open at the end, the innermost last."""
    waiting: list[str] = []
    for character in text:
        if character in OPENING:
            waiting.append(OPENING[character])
        elif character == END_OF_EMBEDDING:
            if waiting and waiting[-1] == END_OF_EMBEDDING:
                waiting.pop()
        elif character == END_OF_ISOLATE and END_OF_ISOLATE in waiting:
            while waiting.pop() != END_OF_ISOLATE:
                pass  # it ends the embeddings that were opened in it as well
    return waiting
