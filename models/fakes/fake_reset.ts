/** Resets a connection, which Deno cannot: its close() says good-bye first. For tests. */

const SOL_SOCKET = 1;
const SO_LINGER = 13;

/** Ends a connection with a reset instead of an orderly close; on other systems than Linux it is closed. */
export async function resetConnection(connection: Deno.TcpConn): Promise<void> {
  if (Deno.build.os === "linux") {
    const inode = await inodeOf(connection);
    const descriptor = inode && findDescriptor(`socket:[${inode}]`);
    if (descriptor) dropSocket(descriptor);
  }
  connection.close();
}

/** The socket's number, from the system's table of connections. */
async function inodeOf({ localAddr, remoteAddr }: Deno.TcpConn): Promise<string | undefined> {
  const port = (address: Deno.NetAddr) =>
    `:${address.port.toString(16).toUpperCase().padStart(4, "0")}`;
  const table = await Deno.readTextFile("/proc/net/tcp");
  const rows = table.trim().split("\n").slice(1).map((line) => line.trim().split(/\s+/));
  const row = rows.find(([, local, remote]) =>
    local?.endsWith(port(localAddr)) && remote?.endsWith(port(remoteAddr))
  );
  return row?.[9];
}

function findDescriptor(target: string): number | undefined {
  const folder = "/proc/self/fd";
  for (const { name } of Deno.readDirSync(folder)) {
    try {
      if (Deno.readLinkSync(`${folder}/${name}`) === target) return Number(name);
    } catch {
      // Closed in the meantime.
    }
  }
}

/** Connecting a socket to no address, with nothing to linger for, is what resets it. */
function dropSocket(descriptor: number): void {
  const libc = Deno.dlopen("libc.so.6", {
    setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
    connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  });
  libc.symbols.setsockopt(descriptor, SOL_SOCKET, SO_LINGER, new Int32Array([1, 0]), 8);
  libc.symbols.connect(descriptor, new Uint8Array(16), 16);
  libc.close();
}
