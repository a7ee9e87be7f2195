"""The errors of this package.

    AssistantError              what went wrong, where, and how to mend it, in one line
    ├── UsageError              the caller asked for something that cannot be (exit code 2)
    ├── ConfigurationError      a setting or vocabulary file has a wrong value
    ├── CorpusError             a file under the corpus cannot be used
    │   ├── LoaderError         one document cannot be read; carries a machine-readable reason
    │   └── RecordError         one record or gazetteer row is invalid
    ├── IndexStateError         the index is missing, stale or damaged; names the command that mends it
    └── StoreError              the log of answers and reviews cannot be reached, or holds no such answer

Adapters translate library errors into these; only `assistant.cli` turns them into exit codes.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors a user may see; the message is one line and says how to mend it."""


class UsageError(AssistantError):
    """Bad input or bad usage by the caller."""


class ConfigurationError(AssistantError):
    """A setting, prompt or vocabulary has a value that cannot be used."""


class CorpusError(AssistantError):
    """Something under the corpus folder cannot be used."""


class LoaderError(CorpusError):
    """One document cannot be read.

    Attributes:
        reason: one of encrypted, broken, no_text, empty, too_large, timeout, unsupported, invalid.
    """

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class RecordError(CorpusError):
    """A catalogue record or gazetteer row is invalid: names file, record, field, value, expectation."""


class IndexStateError(AssistantError):
    """The index is missing, stale or damaged."""


class StoreError(AssistantError):
    """The log of answers and reviews cannot be reached or is damaged, or what is asked of it is not there."""
