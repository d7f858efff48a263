"""What radon says, as JSON lines: of every file below a folder, or of the sources given on stdin as a JSON list."""

import ast
import json
import multiprocessing
import os
import signal
import sys

from radon.metrics import h_visit_ast, mi_compute
from radon.raw import analyze
from radon.visitors import ComplexityVisitor


def find_files(folder):
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "site-packages")
        for name in sorted(files):
            if name.endswith(".py"):
                yield os.path.join(where, name)


def number_functions(tree):
    """Every function, wherever it is defined: radon itself leaves out those of classes inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            (function,) = ComplexityVisitor.from_ast(node).functions
            yield [node.lineno, node.name, function.complexity]


def number_classes(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            (found,) = ComplexityVisitor.from_ast(node).classes
            yield [node.lineno, node.name, found.real_complexity]


def measure_tree(text):
    tree = ast.parse(text)
    visitor = ComplexityVisitor.from_ast(tree)
    return {
        "cyclomatic": visitor.total_complexity,
        "functions": sorted(number_functions(tree)),
        "classes": sorted(number_classes(tree)),
        "reported": sorted(
            [block.lineno, block.fullname] for block in visitor.blocks if block.letter != "C"
        ),
        "halstead": list(h_visit_ast(tree).total),
    }


def count_lines(text):
    """None where radon fails or, being quadratic in the length of a statement, takes too long."""
    signal.alarm(SECONDS_PER_FILE)
    try:
        return analyze(text)
    finally:
        signal.alarm(0)


SECONDS_PER_FILE = 30


class TooSlow(Exception):
    pass


def give_up(_signal, _frame):
    raise TooSlow


FAILURES = (SyntaxError, ValueError, RecursionError, MemoryError, TooSlow)


def measure(text):
    """Each part on its own: radon's line counts fail on texts that Python accepts."""
    result = {}
    try:
        result.update(measure_tree(text))
    except FAILURES as error:
        result["error"] = type(error).__name__
    try:
        raw = count_lines(text)
        result["raw"] = list(raw)
        if "halstead" in result:
            result["mi"] = measure_index(result, raw)
    except FAILURES as error:
        result["raw_error"] = type(error).__name__
    return result


def measure_index(result, raw):
    """What mi_visit does, without counting the lines again."""
    comments = (raw.comments + raw.multi) / float(raw.sloc) * 100 if raw.sloc != 0 else 0
    return mi_compute(result["halstead"][7], result["cyclomatic"], raw.lloc, comments)


def measure_file(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        return {"path": path, **measure(data.decode("utf-8-sig"))}
    except UnicodeDecodeError:
        return {"path": path, "error": "UnicodeDecodeError"}


def main():
    signal.signal(signal.SIGALRM, give_up)
    if len(sys.argv) == 1:
        for text in json.load(sys.stdin):
            print(json.dumps(measure(text)))
        return
    with multiprocessing.Pool() as pool:
        for result in pool.imap(measure_file, find_files(sys.argv[1]), chunksize=8):
            print(json.dumps(result))


main()
