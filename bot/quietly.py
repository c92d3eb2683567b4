"""Runs a module as `python -m` does, without the libraries' notes to their own developers: `python -m bot.quietly rasa run …`.

`PYTHONWARNINGS=ignore` is not enough: when they are imported, Sanic and Rasa turn deprecation warnings on again for every library.
"""

from __future__ import annotations

import runpy
import sys
import warnings
from typing import Any

FOR_DEVELOPERS = (DeprecationWarning, PendingDeprecationWarning)


def main() -> None:
    """Become the module that is named first; of its warnings, those of deprecation are not shown."""
    show = warnings.showwarning

    def show_others(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if not issubclass(category, FOR_DEVELOPERS):
            show(message, category, *where, **more)

    warnings.showwarning = show_others
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
