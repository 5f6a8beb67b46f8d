"""How libraries of YAML read an unquoted scalar: one module each, which has a `RESOLVER`."""
