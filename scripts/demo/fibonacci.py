def fibonacci(n: int) -> int:
    """Return the n-th Fibonacci number, where fibonacci(0) is 0."""
    if n < 0:
        raise ValueError("n must not be negative")
    previous, current = 0, 1
    for _ in range(n):
        previous, current = current, previous + current
    return previous
