"""A run: the configuration put together, files routed to profiles, tasks carried out."""
