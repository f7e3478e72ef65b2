"""Pages as Markdown for programs that read: what the page itself says, in a form that is all words.

A twin stands at its page's address with `.md` in place of the last slash, is put together from what the page
is, at the same moment, and leads where that leads. markdownify was tried for the conversion: it brings four
packages, loses links after exclamation marks and with brackets in their address, and emphasis beside quotes.
"""
