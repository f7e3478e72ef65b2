"""Atom (RFC 4287) and JSON Feed 1.1: of the site, of a tag, of an author, and of the corrections."""
