"""What is kept out of the log: links that open something to whoever has them."""

import logging
import re

# Each shows, changes or erases something of somebody's without a login.
SECRET = re.compile(
    r"(/(?:replies/(?:own|confirm|unsubscribe|data)|preview|admin/(?:invitation|password/set/[^/\s]+))/)[^/\s]+"
)


class WithoutLinks(logging.Filter):
    """Takes the secret out of the addresses that a message names."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if SECRET.search(message):
            record.msg, record.args = SECRET.sub(r"\1…", message), ()
        return True
