"""Lines that are records: columns with a schema, running numbers, references between lines."""
