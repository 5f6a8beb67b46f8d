"""What libraries of YAML make of an unquoted scalar: a module a library, each with a `RESOLVER`."""
