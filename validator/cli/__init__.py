"""The command line: the only room that knows click, prints or exits."""
