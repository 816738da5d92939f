"""Compiles the kernel ahead of its first use: `python -m scheduling.engine.warm`."""

import sys

from scheduling.engine.kernel import build

WITHOUT = "No C compiler: the same plans, much slower. `pip install ziglang` brings one.\n"


def main() -> int:
    """Compile; without a C compiler say what that means."""
    if build() is None:
        sys.stderr.write(WITHOUT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
