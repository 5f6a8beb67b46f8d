"""What happens to a file, in its order: a module a stage."""
