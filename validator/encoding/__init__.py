"""How bytes become characters: the table `encoding` of a profile."""
