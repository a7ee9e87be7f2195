"""Parts that pages are made of: the answer, the source beside it, chips, steps, the rendered page."""
