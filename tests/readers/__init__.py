"""The differential suite: what we pass, every mainstream reader reads to the same documents."""
