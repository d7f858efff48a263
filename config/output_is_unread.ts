/** The C library of each platform, where one of them is: all that the binary may call of others' code. */
export const C_LIBRARIES = [
  "/lib/x86_64-linux-gnu/libc.so.6",
  "/lib/aarch64-linux-gnu/libc.so.6",
  "/lib64/libc.so.6",
  "/usr/lib/libc.so.6",
  "/usr/lib/libSystem.B.dylib",
];

/** `int poll(struct pollfd *, nfds_t, int)` */
const SYMBOLS = {
  poll: { parameters: ["buffer", "usize", "i32"], result: "i32" },
} as const;

const STANDARD_OUTPUT = 1;
/** POLLERR: a pipe without a reader; POLLHUP: a socket whose other end is closed. Asked for or not. */
const CLOSED = 0x8 | 0x10;

/**
 * Makes what tells whether nobody reads standard output any more, without writing to it.
 *
 * @returns undefined where that cannot be had: on Windows, or where the C library is elsewhere
 */
export function openUnreadCheck(): (() => boolean) | undefined {
  const poll = findPoll();
  if (!poll) return;
  return () => {
    // struct pollfd { int fd; short events; short revents; }
    const asked = new DataView(new ArrayBuffer(8));
    asked.setInt32(0, STANDARD_OUTPUT, true);
    return poll(new Uint8Array(asked.buffer), 1n, 0) > 0 && (asked.getInt16(6, true) & CLOSED) > 0;
  };
}

function findPoll() {
  for (const path of C_LIBRARIES) {
    try {
      return Deno.dlopen(path, SYMBOLS).symbols.poll;
    } catch {
      // it is none of this platform's
    }
  }
}
