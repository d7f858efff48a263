/** Magics that IPython also takes without `%` at the beginning of a cell. */
const AUTOMATIC = new Set(
  ("alias alias_magic autoawait autocall automagic bookmark cd code_wrap colors conda config debug " +
    "dhist dirs doctest_mode edit env gui history killbgscripts load load_ext loadpy logoff logon " +
    "logstart logstate logstop lsmagic macro magic mamba matplotlib micromamba notebook page " +
    "pastebin pdb pdef pdoc pfile pinfo pinfo2 pip popd pprint precision prun psearch psource " +
    "pushd pwd pycat pylab quickref recall rehashx reload_ext rerun reset reset_selective run save " +
    "sc set_env sx system tb time timeit unalias unload_ext who who_ls whos xdel xmode").split(" "),
);

/** Cell magics whose cell is Python that belongs to the rest of the notebook. */
const ABOUT_PYTHON = new Set(
  "capture debug ipytest prun pypy python python3 time timeit".split(" "),
);

/**
 * Whether a cell is left out because a magic says that it is not Python, as Ruff decides it.
 *
 * Source of the lists: ruff_notebook/src/cell.rs.
 */
export function isMagicCell(source: string): boolean {
  const lines = source.split(/\r\n|\r|\n/).map((line) => line.trim().split(/\s+/));
  const [first = "", second = ""] = lines[0] ?? [];
  if (AUTOMATIC.has(first) && !/^[^=]{0,3}=$/.test(second)) return true;
  return lines.some(([word = ""]) =>
    word.length > 2 && word.startsWith("%%") && !ABOUT_PYTHON.has(word.slice(2))
  );
}
