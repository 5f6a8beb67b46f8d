"""The metadata of documents: the table `metadata` of a profile."""
