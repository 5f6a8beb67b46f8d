"""Objects in storage by URL: listed by prefix, read by ranges, never written over while we look."""
