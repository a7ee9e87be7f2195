"""The search indexes: embedding (Chroma) and BM25, and the texts that quotes are checked against."""
