"""The screen: one question to the bytes of many files, whether any rule has a clue."""
