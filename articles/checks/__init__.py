"""What is looked at in a document before it is published. Pure but for `around`, which reads."""
