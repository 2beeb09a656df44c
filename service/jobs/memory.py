"""How much memory this process holds and held at most; 0 where the system does not tell."""

from __future__ import annotations

from pathlib import Path

_STATUS = Path("/proc/self/status")


def current_mb() -> float:
    """Resident memory now, in megabytes."""
    return _linux("VmRSS:")


def peak_mb() -> float:
    """The most resident memory so far, in megabytes."""
    return _linux("VmHWM:") or _posix()


def _linux(name: str) -> float:
    try:
        lines = _STATUS.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)


def _posix() -> float:
    """Where there is no /proc: macOS counts bytes."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
