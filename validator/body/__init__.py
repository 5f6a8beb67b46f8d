"""What lines, sections and words of a body mean, and what a profile demands of them."""
