/** The licence of a part of the binary; the asset `licenses.json` is a list of these. */
export interface License {
  name: string;
  version?: string;
  /** As SPDX writes it: `MIT`. */
  license: string;
  /** The whole text, with the notices of what the part itself contains. */
  text: string;
}
