"""Make the virtual environment that `make` works in, or say in one sentence what is missing.

Runs on the machine's own Python before anything is installed: standard library only, and readable by old Pythons so
that they can say they are too old.
"""

# ruff: noqa: UP031, RUF005 - old Pythons must be able to read this file.
import os
import subprocess
import sys

OLDEST = (3, 11)


def fail(sentence):
    """Leave with a sentence that says what to do."""
    sys.stderr.write("make: " + sentence + "\n")
    sys.exit(1)


def usable(folder):
    """Whether the folder holds an environment whose Python starts, is new enough and has pip."""
    python = os.path.join(folder, "bin", "python")
    check = "import sys, pip; sys.exit(sys.version_info[:2] < %r)" % (OLDEST,)
    try:
        return subprocess.call([python, "-c", check], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make(folder):
    """Make the environment with venv, else with virtualenv."""
    if sys.version_info[:2] < OLDEST:
        fail(
            "Muniment needs Python %d.%d or newer; %s is %d.%d. Name another: make PYTHON=python3.12 …"
            % (OLDEST + (sys.executable,) + tuple(sys.version_info[:2]))
        )
    if usable(folder):
        return
    for module in ("venv", "virtualenv"):
        words = [sys.executable, "-m", module, "--clear", folder]
        if subprocess.call(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0 and usable(folder):
            return
    fail(
        "this Python cannot make virtual environments. On Debian: apt install python3-venv. "
        "Elsewhere: %s -m pip install virtualenv" % sys.executable
    )


if __name__ == "__main__":
    make(sys.argv[1])
