"""Runs commands in turn and prints, as JSON, what each run cost.

    measure.py RUNS '["command", "argument"]' ['["other command"]' ...]

Prints a list per command of {"wall": s, "cpu": s, "peak": MiB of the largest process, "code": n}.
Standard output and error of the commands are read and thrown away, as a terminal would take them.
"""

import json
import os
import subprocess
import sys
import time


def run(command):
    start = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    while os.read(child.stdout.fileno(), 1 << 16):
        pass
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    return {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss / 1024,
        "code": child.returncode,
    }


def main():
    runs = int(sys.argv[1])
    commands = [json.loads(text) for text in sys.argv[2:]]
    if runs > 1:
        for command in commands:
            run(command)
    samples = [[] for _ in commands]
    for _ in range(runs):
        for kept, command in zip(samples, commands):
            kept.append(run(command))
    print(json.dumps(samples))


main()
