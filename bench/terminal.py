"""Times a program in a pseudo-terminal and prints, as JSON, what it found.

    terminal.py prompt RUNS '["SHOWN", "COMMAND", ...]' ... --
        runs the commands in turn: seconds from the start to when SHOWN is on the screen, a list
        for each command

    terminal.py echo KEYS SHOWN MESSAGE STREAMS -- COMMAND...
        once SHOWN is there, types MESSAGE; once STREAMS has come, types KEYS letters, one every
        50 ms: {"echo": seconds from each key to its letter, "sent": time.time() of Enter}

    terminal.py turns COUNT SHOWN MESSAGE -- COMMAND...
        types MESSAGE, waits for SHOWN, and again: {"turns": [{"sent", "done"}: time.time()],
        "memory": MiB of the process after each tenth of them}

The keys are letters that nothing else writes. The screen has 100 columns and 40 rows.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

DEADLINE = 30
LETTERS = [chr(code) for code in range(0x430, 0x450)]


class Terminal:
    def __init__(self, command):
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execvp(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.seen = b""

    def read(self, seconds):
        """Reads what is there within the time; False at the end of it."""
        if not select.select([self.fd], [], [], max(0, seconds))[0]:
            return False
        try:
            self.seen += os.read(self.fd, 1 << 16)
        except OSError:
            raise SystemExit(f"the program ended: {self.seen[-300:]!r}")
        return True

    def wait_for(self, text):
        end = time.perf_counter() + DEADLINE
        while text.encode() not in self.seen:
            if not self.read(end - time.perf_counter()):
                raise SystemExit(f"{text!r} did not come: {self.seen[-300:]!r}")
        at = time.perf_counter()
        self.seen = b""
        return at

    def type(self, text):
        os.write(self.fd, text.encode())
        return time.perf_counter()

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def prompt(runs, *rest):
    def once(shown, *command):
        terminal = Terminal(command)
        seconds = terminal.wait_for(shown) - terminal.started
        terminal.end()
        return seconds

    commands = [json.loads(words) for words in rest[:-1]]
    for words in commands:
        once(*words)
    return list(zip(*[[once(*words) for words in commands] for _ in range(int(runs))]))


def echo(keys, shown, message, streams, command):
    terminal = Terminal(command)
    terminal.wait_for(shown)
    time.sleep(1)  # what loads in the background is not what is measured
    sent = time.time()
    terminal.type(message + "\r")
    terminal.wait_for(streams)
    seconds = []
    for i in range(int(keys)):
        letter = LETTERS[i % len(LETTERS)]
        pause_until = time.perf_counter() + 0.05
        while (left := pause_until - time.perf_counter()) > 0:
            terminal.read(left)
        terminal.seen = b""
        typed = terminal.type(letter)
        seconds.append(terminal.wait_for(letter) - typed)
    terminal.end()
    return {"echo": seconds, "sent": sent}


def memory_of(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def turns(count, shown, message, command):
    terminal = Terminal(command)
    terminal.wait_for(shown)
    time.sleep(1)
    times, memory = [], []
    tenth = max(1, int(count) // 10)
    for i in range(int(count)):
        sent = time.time()
        terminal.type(message + "\r")
        terminal.wait_for(shown)
        times.append({"sent": sent, "done": time.time()})
        if (i + 1) % tenth == 0:
            memory.append(memory_of(terminal.pid))
    terminal.end()
    return {"turns": times, "memory": memory}


mode, *rest = sys.argv[1:]
split = rest.index("--")
command = rest[split + 1 :]
print(json.dumps({"prompt": prompt, "echo": echo, "turns": turns}[mode](*rest[:split], command)))
