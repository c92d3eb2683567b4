"""Runs a module as `python -m` does, without the libraries' notes to their own developers: `python -m bot.quietly rasa run …`.

With `--ends-with PID` in front of the module it ends when that process does, which started it: nobody is left behind by a
supervisor that was killed. With `--without-tensorflow` Rasa's server starts without what only training needs.

`PYTHONWARNINGS=ignore` is not enough: when they are imported, Sanic and Rasa turn deprecation warnings on again for every library.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys
import warnings
from typing import Any

from bot.rasa_patches import leave_tensorflow_out

PR_SET_PDEATHSIG = 1
"""Linux: which signal comes when the parent ends (man 2 prctl)."""

FOR_DEVELOPERS = (DeprecationWarning, PendingDeprecationWarning)


def main() -> None:
    """Become the module that is named first; of its warnings, those of deprecation are not shown."""
    show = warnings.showwarning

    def show_others(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if not issubclass(category, FOR_DEVELOPERS):
            show(message, category, *where, **more)

    warnings.showwarning = show_others
    del sys.argv[0]
    if sys.argv[0] == "--ends-with":
        end_with(int(sys.argv[1]))
        del sys.argv[:2]
    if sys.argv[0] == "--without-tensorflow":
        leave_tensorflow_out()
        del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def end_with(parent: int) -> None:
    """End at once when the parent ends. Linux alone can do that; elsewhere nothing happens."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before this line
        sys.exit(1)


if __name__ == "__main__":
    main()
