const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** `0 B`, `12.3 MB`, `4.4 GB`: decimal units, as disks and download sizes are given. */
export function renderBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** `8 s`, `4 min`, `2.5 h`, rounded up. */
export function renderSeconds(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
