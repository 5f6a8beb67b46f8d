"""Lines that are records: columns with a schema, numbers that count, references between lines."""
