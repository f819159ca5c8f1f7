"""What a person sees of a command that takes longer than a moment."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn


class ProgressBar:
    """Shows which step is under way, and how many files were read or models built."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None)

    def step(self, text: str) -> None:
        """Begin a step of unknown length."""
        self._progress.console.print(f"· {text}")
        self._progress.update(self._task, description=text, total=None, completed=0)

    def count(self, name: str, done: int, total: int) -> None:
        """Count what is done, ``name`` the last of it."""
        self._progress.update(self._task, description=name, completed=done, total=total)


class ProgressDisplay:
    """A progress display that is gone when the work is done."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
        )

    def __enter__(self) -> ProgressBar:
        self._progress.start()
        return ProgressBar(self._progress)

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
