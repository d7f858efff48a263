import { deepEqual } from "node:assert/strict";
import { parser } from "../syntax/parser_fixture.ts";
import { findPythonTests, type PythonTestOptions } from "./python_tests.ts";

function find(code: string, options?: PythonTestOptions) {
  return findPythonTests(parser.parse(code), options).cases
    .map(({ name, variants }) => [name, variants]);
}

const SUITE = `
import unittest
import pytest
from django.test import TestCase

@pytest.fixture
def test_data():
    return 1

def test_plain():
    def test_inner():
        pass

async def test_waiting():
    pass

def helper_test():
    pass

class TestPytest:
    def test_method(self):
        pass
    def check(self):
        pass
    class TestNested:
        def test_deep(self):
            pass

class TestConstructed:
    def __init__(self):
        pass
    def test_not_collected(self):
        pass

class Cases(unittest.TestCase):
    def test_one(self):
        pass

class More(Cases):
    async def test_two(self):
        pass

class Views(TestCase):
    def test_three(self):
        pass

class Other:
    def test_not_a_test(self):
        pass
`;

Deno.test("findPythonTests() finds what pytest collects", () => {
  deepEqual(find(SUITE).map(([name]) => name), [
    "test_plain",
    "test_waiting",
    "TestPytest.test_method",
    "TestPytest.TestNested.test_deep",
    "Cases.test_one",
    "More.test_two",
    "Views.test_three",
  ]);
});

Deno.test("findPythonTests() finds what unittest collects", () => {
  deepEqual(find(SUITE, { unittestOnly: true }).map(([name]) => name), [
    "Cases.test_one",
    "More.test_two",
    "Views.test_three",
  ]);
});

Deno.test("findPythonTests() counts a test that is defined twice once", () => {
  deepEqual(find("def test_a(): pass\ndef test_b(): pass\ndef test_a(): pass\n"), [
    ["test_b", 1],
    ["test_a", 1],
  ]);
});

Deno.test("findPythonTests() counts parameter sets that are written out", () => {
  const cases: [string, number | null][] = [
    ['@pytest.mark.parametrize("a", [1, 2, 3])', 3],
    ['@pytest.mark.parametrize(("a", "b"), ((1, 2), pytest.param(3, 4)))', 2],
    ['@pytest.mark.parametrize("a", argvalues=[1, 2])', 2],
    ['@pytest.mark.parametrize("a", [\n    1,  # one\n    2,\n])', 2],
    ['@pytest.mark.parametrize("a", [1, 2])\n@pytest.mark.parametrize("b", [3, 4, 5])', 6],
    ['@pytest.mark.parametrize("a", [])', 0],
    ['@pytest.mark.parametrize("a", VALUES)', null],
    ['@pytest.mark.parametrize("a", [x for x in y])', null],
    ['@pytest.mark.parametrize("a", [1, *y])', null],
    ['@pytest.mark.parametrize("a", range(3))', null],
    ['@pytest.mark.parametrize("a")', null],
    ["@pytest.mark.slow", 1],
  ];
  for (const [decorator, variants] of cases) {
    deepEqual(find(`${decorator}\ndef test_a(a): pass\n`), [["test_a", variants]], decorator);
  }
});

Deno.test("findPythonTests() tells what tests name from what the rest of the file names", () => {
  const { cases, shared } = findPythonTests(parser.parse(`
from shop import total, unused

def make():
    return Cart()

def test_total():
    def inner():
        return total(make())
    assert inner().value == 1
`));
  deepEqual([...cases[0]!.names], ["total", "make", "inner", "value"]);
  deepEqual([...shared], ["Cart"]);
});

Deno.test("findPythonTests() reads what does not parse as far as it can", () => {
  deepEqual(find("def test_a():\n    assert (\n\ndef test_b(:\n"), find("def test_a(): pass"));
  deepEqual(find(""), []);
});
