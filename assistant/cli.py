"""The `assistant` command; exit 0 success, 1 failed check or gate, 2 bad usage or input."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from assistant.commands import ask, doctor, evaluate, index, log, proposal, replay, retrieve, verify
from assistant.errors import AssistantError

EXIT_OK, EXIT_FAILED, EXIT_USAGE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """Prints one clear line instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_USAGE, f"{self.prog}: {message}. See {self.prog} --help.\n")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = _Parser(
        prog="assistant", description="Which human capital agenda or initiative to link up with, and why."
    )
    parser.add_argument("--debug", action="store_true", help="show a traceback when something breaks")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    for module in (index, ask, retrieve, proposal, verify, evaluate, log, replay, doctor):
        module.register(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    debug = "--debug" in arguments
    args = build_parser().parse_args([a for a in arguments if a != "--debug"])
    try:
        return int(args.run(args))
    except AssistantError as error:
        if debug:
            raise
        print(f"assistant {args.command}: {_one_line(error)}", file=sys.stderr)
        return EXIT_USAGE
    except BrokenPipeError:
        return EXIT_OK
    except KeyboardInterrupt:
        print(f"assistant {args.command}: stopped; nothing half-written is left behind.", file=sys.stderr)
        return 130
    except Exception as error:
        if debug:
            raise
        print(
            f"assistant {args.command}: unexpected {type(error).__name__}: {_one_line(error)}. "
            "Run again with --debug for the details.",
            file=sys.stderr,
        )
        return EXIT_FAILED


def _one_line(error: Exception) -> str:
    """The message of an error; libraries word some over several lines."""
    return " ".join(str(error).split())


if __name__ == "__main__":
    raise SystemExit(main())
