"""One HTML file on a run: readable without a server, nothing loaded from elsewhere."""
