/** What is deployed: the Dockerfile, compose.yaml, the systemd unit, the Kubernetes manifests, server.json. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import project from "../deno.json" with { type: "json" };
import { BINARY, devmcp, inFolder } from "./devmcp.ts";

const ROOT = new URL("../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

/** The instructions of the Dockerfile, continued lines joined. */
async function readDockerfile(): Promise<[name: string, rest: string][]> {
  const text = (await read("Dockerfile")).replace(/^\s*#.*\n/gm, "").replaceAll("\\\n", " ");
  return text.split("\n").filter(Boolean).map((line) => {
    const [, name = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    return [name, rest];
  });
}

async function instruction(name: string): Promise<string> {
  return (await readDockerfile()).findLast(([one]) => one === name)?.[1] ?? "";
}

async function imageEnvironment(): Promise<Record<string, string>> {
  const pairs = (await instruction("ENV")).split(/\s+/).map((pair) => pair.split("="));
  return Object.fromEntries(pairs);
}

const KNOWN = [
  ...["FROM", "ARG", "WORKDIR", "COPY", "RUN", "LABEL", "ENV", "USER", "VOLUME", "EXPOSE"],
  ...["HEALTHCHECK", "ENTRYPOINT", "CMD"],
];

Deno.test("the Dockerfile makes an image of the binary alone, for nobody", async () => {
  const lines = await readDockerfile();
  for (const [name] of lines) assert.ok(KNOWN.includes(name), name);
  assert.equal(await instruction("USER"), "65532:65532");
  assert.match(await instruction("FROM"), /^gcr\.io\/distroless\/cc-debian12:nonroot$/);
  assert.deepEqual(JSON.parse(await instruction("ENTRYPOINT")), ["/usr/local/bin/devmcp"]);
  const command = (await instruction("HEALTHCHECK")).replace(/^.* CMD /, "");
  assert.deepEqual(JSON.parse(command), ["/usr/local/bin/devmcp", "health"]);
  const label = /io\.modelcontextprotocol\.server\.name="([^"]+)"/.exec(await instruction("LABEL"));
  assert.equal(label?.[1], JSON.parse(await read("server.json")).name);
});

Deno.test(".dockerignore lets in all that the build reads", async () => {
  const allowed = (await read(".dockerignore")).split("\n").filter((line) => line.startsWith("!"));
  const names = allowed.map((line) => line.slice(1));
  for (const name of names) await Deno.stat(new URL(name, ROOT));
  const { modules } = JSON.parse(
    new TextDecoder().decode(
      (await new Deno.Command(Deno.execPath(), {
        args: ["info", "--json", "scripts/build.ts"],
        cwd: ROOT,
        stderr: "null",
      }).output()).stdout,
    ),
  );
  for (const path of ["main.ts", "commands/worker.ts"]) {
    modules.push({ specifier: `${ROOT}${path}` });
  }
  for (const { specifier } of modules) {
    if (!specifier.startsWith(ROOT.href)) continue;
    const [top] = specifier.slice(ROOT.href.length).split("/");
    assert.ok(names.includes(top), specifier);
  }
});

Deno.test("compose.yaml serves MCP to this machine only, read-only and without privileges", async () => {
  const { services } = parse(await read("compose.yaml"), { merge: true });
  const { devmcp: service, ollama } = services;
  assert.deepEqual(service.ports, ["127.0.0.1:8004:8004"]);
  assert.deepEqual([service.read_only, service.cap_drop], [true, ["ALL"]]);
  assert.ok(service.volumes.some((one: string) => one.endsWith(":/workspace:ro")));
  const [alias] = ollama.networks.default.aliases;
  assert.equal(service.environment.OLLAMA_HOST, `http://${alias}:11434`);
  assert.equal(JSON.stringify(service).includes("insecure"), false);
});

Deno.test("the systemd unit starts devmcp with flags that it knows", async () => {
  const unit = await read("deploy/devmcp.service");
  const [, command = ""] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
  const [program, name, ...args] = command.split(" ");
  assert.deepEqual([program, name], ["/usr/local/bin/devmcp", "serve"]);
  const { stdout } = await devmcp(["help", "serve"]);
  for (const flag of args.filter((arg) => arg.startsWith("--"))) assert.ok(stdout.includes(flag));
  for (
    const line of ["NoNewPrivileges=yes", "ProtectSystem=strict", "RestartPreventExitStatus=2"]
  ) {
    assert.ok(unit.includes(`\n${line}\n`), line);
  }
});

const MANIFESTS = ["config", "deployment", "secret", "service"];

Deno.test("the Kubernetes manifests fit together, and the image", async () => {
  const documents = new Map<string, Record<string, never>>();
  for (const name of MANIFESTS) {
    for (const document of parseAllDocuments(await read(`deploy/kubernetes/${name}.yaml`))) {
      assert.ok("toJS" in document && document.errors.length === 0);
      documents.set(name, document.toJS());
    }
  }
  // deno-lint-ignore no-explicit-any -- as Kubernetes has it
  const { config, deployment, secret, service } = Object.fromEntries(documents) as any;
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;
  assert.deepEqual(pod.securityContext.runAsUser, 65532);
  assert.ok(pod.securityContext.runAsNonRoot && container.securityContext.readOnlyRootFilesystem);
  assert.equal(container.livenessProbe.httpGet.path, "/health");
  assert.equal(container.readinessProbe.httpGet.path, "/ready");
  assert.deepEqual(container.args, JSON.parse(await instruction("CMD")));
  assert.match(container.image, new RegExp(`:${project.version}$`));
  assert.deepEqual(service.spec.selector, deployment.spec.template.metadata.labels);
  const sources = JSON.stringify(pod.volumes);
  for (const { metadata } of [config, secret]) assert.ok(sources.includes(metadata.name));
  const mounts = container.volumeMounts.map(({ name }: { name: string }) => name);
  assert.deepEqual(pod.volumes.map(({ name }: { name: string }) => name).sort(), mounts.sort());
  JSON.parse(secret.stringData["api_keys.json"]);
  await inFolder({ "c/devmcp/devmcp.yaml": config.data["devmcp.yaml"] }, async (folder) => {
    const { code, stderr } = await devmcp(["config", "show"], {
      cwd: folder,
      env: { XDG_CONFIG_HOME: `${folder}/c`, HOME: folder },
    });
    assert.equal(code, 0, stderr);
  });
});

Deno.test("server.json is what the registry takes", async () => {
  const { $schema, name, description, version } = JSON.parse(await read("server.json"));
  assert.match($schema, /^https:\/\/static\.modelcontextprotocol\.io\/schemas\/2025-12-11\//);
  assert.match(name, /^io\.github\.[a-z0-9-]+\/devmcp$/);
  assert.ok(description.length <= 100);
  assert.equal(version, project.version);
});

const hasBubblewrap = Deno.build.os === "linux" && await canConfine();

async function canConfine(): Promise<boolean> {
  const { code } = await new Deno.Command("bwrap", { args: ["--ro-bind", "/", "/", "true"] })
    .output().catch(() => ({ code: 1 }));
  return code === 0;
}

/** What a container runtime does, without one: another user, a root that cannot be written, the image's environment. */
async function confine(folder: string, args: string[]): Promise<Deno.ChildProcess> {
  const libraries = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ssl", "/etc/resolv.conf"];
  const values = Object.entries(await imageEnvironment());
  return new Deno.Command("bwrap", {
    args: [
      ...["--unshare-user", "--uid", "65532", "--gid", "65532", "--unshare-pid", "--unshare-ipc"],
      ...libraries.flatMap((path) => ["--ro-bind-try", path, path]),
      ...["--ro-bind", BINARY, "/usr/local/bin/devmcp", "--proc", "/proc", "--dev", "/dev"],
      ...["--bind", join(folder, "state"), "/state", "--tmpfs", "/tmp"],
      ...["--ro-bind", join(folder, "workspace"), "/workspace", "--remount-ro", "/"],
      ...["--clearenv", ...values.flatMap(([name, value]) => ["--setenv", name, value!])],
      ...["--chdir", "/workspace", "--die-with-parent", "--cap-drop", "ALL"],
      ...["/usr/local/bin/devmcp", ...args],
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "test", version: "1" },
  },
};

Deno.test({
  name: "the image's command serves as another user on a root that cannot be written, by keys only",
  ignore: !hasBubblewrap,
  fn: () =>
    inFolder({ "state/.keep": "", "workspace/a.py": "x=1\n" }, async (folder) => {
      const [verb, flag, address] = JSON.parse(await instruction("CMD")) as string[];
      const args = [verb!, flag!, address!.replace(/\d+$/, "0")];
      const refused = await (await confine(folder, args)).output();
      assert.equal(refused.code, 2, "it serves the network without a key");
      const created = await (await confine(folder, ["keys", "create", "laptop"])).output();
      const key = new TextDecoder().decode(created.stdout).trim();
      assert.equal(created.code, 0);
      const server = await confine(folder, args);
      try {
        const url = await addressOf(server.stderr);
        for (const path of ["/health", "/ready"]) {
          const { ok, body } = await fetch(new URL(path, url));
          await body?.cancel();
          assert.ok(ok, path);
        }
        const ask = (headers: Record<string, string>) =>
          fetch(new URL("/mcp", url), {
            method: "POST",
            headers: {
              "content-type": "application/json",
              accept: "application/json, text/event-stream",
              ...headers,
            },
            body: JSON.stringify(INITIALIZE),
          });
        const stranger = await ask({});
        await stranger.body?.cancel();
        assert.equal(stranger.status, 401);
        const answer = await ask({ authorization: `Bearer ${key}` });
        assert.equal(answer.status, 200);
        assert.match(await answer.text(), /"serverInfo"/);
        const { port } = new URL(url);
        const health = await (await confine(folder, ["health", `127.0.0.1:${port}`])).output();
        assert.equal(health.code, 0, new TextDecoder().decode(health.stderr));
      } finally {
        server.kill("SIGTERM");
        await Promise.all([server.status, server.stdout.cancel()]);
      }
    }),
});

/** The URL that the server says it serves at. */
async function addressOf(stderr: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const part of stderr.pipeThrough(new TextDecoderStream() as TransformStream)) {
    text += part;
    const [url] = /https?:\/\/\S+\/mcp/.exec(text) ?? [];
    if (url) return url.replace("0.0.0.0", "127.0.0.1");
  }
  throw new Error(`Cannot find the address: ${text}`);
}
