/** A test as its source shows it. */
export interface TestCase {
  /** `test_total`, `TestCart.test_total`, `cart > adds up`, `TestTotal`. */
  name: string;
  /** 1-based. */
  line: number;
  /**
   * How often it runs with other data: parameter sets of pytest, rows of `each`, subtests of
   * `t.Run`; 1 for a plain test, null where the source does not tell.
   */
  variants: number | null;
  /** What its body names. */
  names: ReadonlySet<string>;
}

/** What a file of tests holds. */
export interface TestFile {
  /** In the order of the source. */
  cases: TestCase[];
  /** What is named outside of the cases, imports apart: in fixtures, set-up and helpers. */
  shared: ReadonlySet<string>;
}
