"""Files: found, opened, read through compression; the table `file` of a profile."""
