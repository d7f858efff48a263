"""What lizard says, as JSON lines: of the files whose paths come on stdin, one per line."""

import json
import multiprocessing
import sys

import lizard


def measure(path):
    try:
        analyzer = lizard.FileAnalyzer(lizard.get_extensions([]))
        found = analyzer(path)
    except Exception as error:  # whatever it is, lizard has nothing to say of the file
        return {"path": path, "error": type(error).__name__}
    return {
        "path": path,
        "functions": [
            {
                "name": one.name,
                "line": one.start_line,
                "end": one.end_line,
                "cyclomatic": one.cyclomatic_complexity,
                "parameters": one.parameter_count,
            }
            for one in found.function_list
        ],
    }


def main():
    paths = [line.rstrip("\n") for line in sys.stdin]
    with multiprocessing.Pool() as pool:
        for result in pool.imap(measure, paths, chunksize=8):
            print(json.dumps(result))


main()
