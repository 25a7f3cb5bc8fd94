"""Made documents with known truth: specified as data, written in four forms, read back and compared."""
