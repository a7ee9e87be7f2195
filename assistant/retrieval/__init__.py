"""Query to ranking: fusion of the embedding arm and the BM25 arm."""
