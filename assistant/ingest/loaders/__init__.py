"""Files to LangChain documents, one per page; each loader is one file format.

Every loader returns `Document`s whose `page_content` is the text of one page with whitespace runs as one
space, and whose metadata are those of `PageLayout` plus `page` (1-based, None for formats without pages) and
`label` (name of a sheet, or None).
"""

from assistant.ingest.loaders.base import (
    LoadLimits,
    PageLayout,
    Span,
    layout_of,
    load_file,
    supported_suffixes,
)

__all__ = ["LoadLimits", "PageLayout", "Span", "layout_of", "load_file", "supported_suffixes"]
