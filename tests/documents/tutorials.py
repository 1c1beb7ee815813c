#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does what the guide's pages say, and compares what they say is said.

usage: tutorials.py PROGRAM PAGE...

In a page's fenced blocks a line "$ COMMAND" is run by bash, with "> " before what goes on in the next lines; the lines
below it have to stand in what it says on stdout, or stderr where they are not of stdout, in this order; "…" stands for
any lines, and within a line for anything. Without "…" in between, lines stand directly below each other. A command
that is followed by nothing may say anything. Each page is done in an empty folder and home of its own.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def steps_of(page):
    """[(line number, command, [expected lines])] of a page."""
    steps, in_block, begun = [], False, False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            in_block, begun = not in_block, False
        elif in_block and line.startswith("$ "):
            begun = True
            steps.append((number, line[2:], []))
        elif begun and line.startswith("> ") and not steps[-1][2]:
            steps[-1] = (steps[-1][0], steps[-1][1] + "\n" + line[2:], [])
        elif begun:
            steps[-1][2].append(line)
    return steps


def matches(said, expected):
    """None, or the first of the expected lines that is not where it should be."""
    at, anywhere = 0, False
    for line in expected:
        if line == "…":
            anywhere = True
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in line.rstrip().split("…")))
        places = range(at, len(said)) if anywhere else range(at, min(at + 1, len(said)))
        found = next((i for i in places if pattern.fullmatch(said[i].rstrip())), None)
        if found is None:
            return line
        at, anywhere = found + 1, False
    if expected and not anywhere and at != len(said):
        return "(nothing more)"
    return None


def replay(program, page):
    steps = steps_of(page)
    if not steps: # a page that is only read
        return []
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder, "home")
        work = pathlib.Path(folder, "work")
        home.mkdir()
        work.mkdir()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        environment.update(HOME=str(home), PATH=f"{program.parent}:{environment['PATH']}",
                           QT_QPA_PLATFORM="offscreen")
        for number, command, expected in steps:
            # No "set -e": `check` ends with 1 where there are problems, which is what a page shows.
            run = subprocess.run(["bash", "-c", command], cwd=work, env=environment, text=True, encoding="utf-8",
                                 stdin=subprocess.DEVNULL, capture_output=True)
            missing = matches(run.stdout.splitlines(), expected)
            if missing is not None and matches((run.stdout + run.stderr).splitlines(), expected) is not None:
                return [f"{page.name}:{number}: `{command}` should say\n    {missing}\n  and says\n"
                        f"{run.stdout}{run.stderr}"]
            if run.returncode != 0 and not any("problem" in line for line in expected):
                return [f"{page.name}:{number}: `{command}` ended with {run.returncode}:\n{run.stdout}{run.stderr}"]
    print(f"{page.name}: {len(steps)} commands do what it says")
    return []


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    pages = [pathlib.Path(page) for page in sys.argv[2:]]
    if sum(1 for page in pages if steps_of(page)) < 4:
        print("There are fewer than four pages with something to do.")
        return 1
    faults = [fault for page in pages for fault in replay(program, page)]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
