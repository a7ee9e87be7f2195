"""Pages of a PDF with the words of a quote marked, as the pages of the product show them."""

from __future__ import annotations

from assistant.review.pages import Box, PageImage, highlight_boxes, render_page

__all__ = ["Box", "PageImage", "highlight_boxes", "render_page"]
