"""Reads a report as the programs do that it is for, and prints as JSON what it understood.

usage: python report_readers.py FORMAT REPORT SCHEMA [FORMAT REPORT SCHEMA ...]
"""

import json
import sys


def sarif(report, schema):
    from jsonschema import Draft7Validator, FormatChecker

    with open(schema, encoding="utf-8") as file:
        validator = Draft7Validator(json.load(file), format_checker=FormatChecker())
    with open(report, encoding="utf-8") as file:
        log = json.load(file)
    errors = [f"{'/'.join(map(str, error.path))}: {error.message[:300]}" for error in validator.iter_errors(log)]
    found = []
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            place = result["locations"][0]["physicalLocation"]
            found.append([
                place["artifactLocation"]["uri"], result["ruleId"], result["message"]["text"],
                len(result.get("suppressions", [])),
            ])
    return {"errors": errors, "found": found}


def junit(report, schema):
    from junitparser import JUnitXml
    from lxml import etree

    checker = etree.XMLSchema(etree.parse(schema))
    tree = etree.parse(report, etree.XMLParser(resolve_entities=False, huge_tree=True))
    checker.validate(tree)
    errors = [str(error) for error in checker.error_log]
    found = [
        [suite.name, case.name, result.message, type(result).__name__]
        for suite in JUnitXml.fromfile(report) for case in suite for result in case.result
    ]
    for suite in JUnitXml.fromfile(report):
        cases = list(suite)
        failures = [result for case in cases for result in case.result if type(result).__name__ == "Failure"]
        if suite.tests != len(cases) or suite.failures != len(failures):
            errors.append(f"{suite.name}: its counts are wrong")
    return {"errors": errors, "found": found}


def checkstyle(report, _):
    from xml.etree import ElementTree

    root = ElementTree.parse(report).getroot()
    errors = [] if root.tag == "checkstyle" else [f"the root is {root.tag}"]
    found = []
    for file in root:
        for error in file:
            if error.get("severity") not in ("error", "warning", "info") or int(error.get("line")) < 1:
                errors.append(f"{error.attrib}")
            found.append([file.get("name"), error.get("source"), error.get("message")])
    return {"errors": errors, "found": found}


def gitlab(report, _):
    from jsonschema import Draft7Validator

    text = {"type": "string", "minLength": 1}
    line = {"type": "integer", "minimum": 1}
    # As https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format says.
    schema = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": text,
                "check_name": text,
                "fingerprint": text,
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                        "lines": {"type": "object", "required": ["begin"], "properties": {"begin": line, "end": line}},
                    },
                },
            },
        },
    }
    with open(report, encoding="utf-8") as file:
        entries = json.load(file)
    errors = [error.message[:300] for error in Draft7Validator(schema).iter_errors(entries)]
    prints = [entry["fingerprint"] for entry in entries]
    if len(set(prints)) != len(prints):
        errors.append("fingerprints are not unique")
    found = [[entry["location"]["path"], entry["check_name"], entry["description"]] for entry in entries]
    return {"errors": errors, "found": found}


READERS = {reader.__name__: reader for reader in (sarif, junit, checkstyle, gitlab)}
asked = sys.argv[1:]
triples = [asked[at:at + 3] for at in range(0, len(asked), 3)]
print(json.dumps({kind: READERS[kind](report, schema) for kind, report, schema in triples}))
