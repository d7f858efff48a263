import { deepEqual, equal } from "node:assert/strict";
import { hashOf } from "./hash_of.ts";
import { inHome } from "./home_fixture.ts";
import { addTrust, isTrusted, readTrusted, removeTrust, trustPath } from "./trust.ts";

const bytes = new TextEncoder().encode("tools: {enabled: []}\n");

Deno.test("addTrust() trusts a file with its content only, until removeTrust()", async () => {
  await inHome({ "p/devmcp.yaml": "" }, async ({ path, env }) => {
    const file = `${path}/p/devmcp.yaml`;
    equal(isTrusted(env(), file, bytes), false);
    await addTrust(env(), file, bytes);
    equal(isTrusted(env(), file, bytes), true);
    equal(isTrusted(env(), `${path}/devmcp.yaml`, bytes), false);
    equal(isTrusted(env(), file, bytes.subarray(1)), false);
    await addTrust(env(), file, bytes.subarray(1));
    deepEqual(readTrusted(env()), [{ path: file, sha256: hashOf(bytes.subarray(1)) }]);
    equal(await removeTrust(env(), file), true);
    equal(await removeTrust(env(), file), false);
    deepEqual(readTrusted(env()), []);
  });
});

Deno.test("isTrusted() knows a folder by its real path", async () => {
  await inHome({ "p/devmcp.yaml": "" }, async ({ path, env }) => {
    await Deno.symlink(`${path}/p`, `${path}/link`);
    await addTrust(env(), `${path}/link/devmcp.yaml`, bytes);
    equal(isTrusted(env(), `${path}/p/devmcp.yaml`, bytes), true);
    await Deno.remove(`${path}/p`, { recursive: true });
    equal(await removeTrust(env(), `${path}/p/devmcp.yaml`), true);
  });
});

Deno.test("the list is the user's alone, and a broken one trusts nothing", async () => {
  await inHome({}, async ({ env, write }) => {
    await addTrust(env(), "/x/devmcp.yaml", bytes);
    const file = trustPath(env());
    equal((await Deno.stat(file)).mode! & 0o777, 0o600);
    const valid = await Deno.readTextFile(file);
    for (
      const text of ["", "{", "[]", '{"version":2,"files":[]}', valid.replace("sha256", "md5")]
    ) {
      await write("state/devmcp/trust.json", text);
      deepEqual(readTrusted(env()), [], text);
    }
    await Deno.chmod(file, 0o666);
    await addTrust(env(), "/y/devmcp.yaml", bytes);
    equal((await Deno.stat(file)).mode! & 0o777, 0o600);
    deepEqual(readTrusted(env()).map(({ path }) => path), ["/y/devmcp.yaml"]);
  });
});

Deno.test("addTrust() and removeTrust() lose nothing when they run at the same time", async () => {
  await inHome({}, async ({ env }) => {
    const names = Array.from({ length: 20 }, (_, i) => `/x${i}/devmcp.yaml`);
    await Promise.all(names.map((name) => addTrust(env(), name, bytes)));
    deepEqual(readTrusted(env()).map(({ path }) => path).sort(), names.toSorted());
    await Promise.all(names.slice(1).map((name) => removeTrust(env(), name)));
    deepEqual(readTrusted(env()).map(({ path }) => path), names.slice(0, 1));
  });
});
