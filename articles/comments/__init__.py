"""Readers' replies: how they come in, who decides about them, what is kept, and for how long."""
