"""The rooms: one package a family, one module a rule, found by walking."""
