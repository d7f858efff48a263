import pytest

from fibonacci import fibonacci


@pytest.mark.parametrize(("n", "expected"), [(0, 0), (1, 1), (2, 1), (3, 2), (10, 55)])
def test_fibonacci_of_small_numbers(n, expected):
    assert fibonacci(n) == expected


def test_fibonacci_is_the_sum_of_the_two_before():
    assert fibonacci(90) == fibonacci(89) + fibonacci(88)


def test_fibonacci_refuses_negative_numbers():
    with pytest.raises(ValueError, match="negative"):
        fibonacci(-1)
