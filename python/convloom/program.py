"""Runs the program `convloom`, without a shell."""
import os
import shutil
import signal
import subprocess


class ConvloomError(Exception):
    """What went wrong, in one sentence. `status` is the program's exit status, or None if it did not come to run:
    2 for a request that is not understood, 1 for a failure such as a full disk."""

    def __init__(self, sentence, status=None):
        super().__init__(sentence)
        self.status = status


def program():
    """The path of the program."""
    given = os.environ.get("CONVLOOM") or "convloom"
    found = shutil.which(given)
    if found is None:
        raise ConvloomError(
            f"The program {given} is not there; install Convloom, or set the environment variable CONVLOOM to its path.")
    return found


def run(*words, **options):
    """The standard output, as bytes. Options become flags: view="flat" is --view flat, labels=False is --no-labels."""
    command = [program(), *words[:1], *flags(options), *words[1:]]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    except OSError as fault:
        raise ConvloomError(f"{command[0]} cannot be run: {fault.strerror}.") from None
    except ValueError:  # of a NUL
        raise ConvloomError("A text for the program contains a NUL character.") from None
    if done.returncode != 0:
        raise ConvloomError(sentence(done), done.returncode)
    return done.stdout


def flags(options):
    words = []
    for name, value in options.items():
        flag = "--" + name.strip("_").replace("_", "-")
        if value is None:
            continue
        if isinstance(value, bool):
            words.append(flag if value else "--no-" + flag[2:])
        else:
            words += [f"{flag}={value}"]  # one word, so that a value cannot be taken for a flag
    return words


def sentence(done):
    lines = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line]
    if done.returncode < 0:
        return f"convloom was ended by {signal.Signals(-done.returncode).name}."
    if lines and lines[0].startswith("convloom: "):
        lines[0] = lines[0][len("convloom: "):]
    return "\n".join(lines) or f"convloom ended with the status {done.returncode}."
