"""The proof of fixes at scale: no byte is lost, and none changes that had no finding."""
