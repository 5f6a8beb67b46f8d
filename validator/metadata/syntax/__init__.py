"""How metadata is written: YAML, TOML, JSON, headers, comments; `table` has them all."""
