import type { App, Output } from "../../cli/app.ts";
import { reportError } from "../../cli/errors.ts";
import { renderRows, type Row } from "../../cli/help.ts";
import { sanitize, sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { countOf, paletteOf } from "../../cli/style.ts";
import { oneLine } from "../../config/one_line.ts";
import type { ToolInfo } from "../../agent/execute/toolbox.ts";
import { Connection } from "../../mcp_client/connection.ts";
import type { ServerPrompt } from "../../mcp_client/mcp_host.ts";
import type { ServerLink } from "../../mcp_client/server_link.ts";
import { ToolError } from "../../config/tool_error.ts";
import { connectionWorld, findServer } from "./mcp_world.ts";

interface Flags {
  yes?: boolean;
  json?: boolean;
}

/** What a server turned out to be. All texts are its own, and hostile. */
interface Report {
  server: { name: string; version: string };
  protocol: string;
  instructions: string;
  /** From a question to its answer. */
  round_trip_ms: number;
  tools: ToolInfo[];
  prompts: ServerPrompt[];
  resources: string[];
}

const FAILED = 1;
const MAX_INSTRUCTIONS = 2000;

/** `devmcp mcp test NAME` */
export async function probeServer(name: string, app: App, { yes, json }: Flags): Promise<void> {
  const definition = { ...await findServer(name, app), disabled: false };
  const world = connectionWorld(app, { yes });
  const connection = new Connection(definition, world);
  try {
    await connection.connect({ interactive: true });
    const report = connection.link && await inspect(connection, connection.link, app);
    if (!report) return tellProblem(name, connection, app, json);
    app.stdout.write(json ? `${toJson(toFields(name, report), 2)}\n` : render(report, app.stdout));
  } finally {
    await connection.close();
  }
}

function tellProblem(name: string, { status }: Connection, app: App, json?: boolean): void {
  const { state, problem = state } = status;
  if (json) app.stdout.write(`${toJson({ version: 1, name, state, problem }, 2)}\n`);
  else reportError(failure(name, state, problem), app);
  app.exitCode = FAILED;
}

function failure(name: string, state: string, problem: string): ToolError {
  const hint = state === "not agreed" ? "add --yes once you have read what it runs" : undefined;
  return new ToolError(`Cannot use "${name}": ${problem}`, { hint });
}

async function inspect(connection: Connection, link: ServerLink, { signal }: App): Promise<Report> {
  const { client } = link.open;
  const started = performance.now();
  await link.listTools(signal);
  const { name = "", version = "" } = client.getServerVersion() ?? {};
  return {
    server: { name: oneLine(name, 100), version: oneLine(version, 100) },
    protocol: client.getNegotiatedProtocolVersion() ?? "",
    instructions: (client.getInstructions() ?? "").slice(0, MAX_INSTRUCTIONS),
    round_trip_ms: Math.round((performance.now() - started) * 10) / 10,
    tools: connection.tools,
    prompts: connection.prompts,
    resources: connection.resources,
  };
}

function toFields(name: string, { tools, ...report }: Report) {
  return {
    version: 1,
    name,
    state: "connected",
    ...report,
    tools: tools.map(({ name, title, description, inputSchema, outputSchema }) => ({
      name,
      title,
      description,
      input_schema: inputSchema,
      output_schema: outputSchema ?? null,
    })),
  };
}

function render(report: Report, output: Output): string {
  const { strong, quiet } = paletteOf(output);
  const { server, protocol, round_trip_ms, instructions, tools, prompts, resources } = report;
  const head = sanitizeLine(`${server.name} ${server.version}`);
  const parts = [
    `${strong(head)} ${quiet(`MCP ${sanitizeLine(protocol)}, answers in ${round_trip_ms} ms`)}\n`,
    instructions ? `${strong("It says of itself")}\n${sanitize(instructions.trim())}\n` : "",
    ...section(countOf(tools.length, "tool"), tools.map(toolRow), output),
    ...section(countOf(prompts.length, "prompt"), prompts.map(promptRow), output),
    ...resources.length > 0
      ? [`${strong(countOf(resources.length, "resource"))}
${
        resources.map((one) =>
          `  ${sanitizeLine(one)}
`
        ).join("")
      }`]
      : [],
  ];
  return parts.filter(Boolean).join("\n");
}

function section(title: string, rows: Row[], output: Output): string[] {
  const { strong } = paletteOf(output);
  return rows.length === 0 ? [] : [`${strong(title)}\n${renderRows(rows, output)}`];
}

function toolRow({ name, description, inputSchema }: ToolInfo): Row {
  const { properties, required } = inputSchema as { properties?: object; required?: unknown };
  const needed = Array.isArray(required) ? required : [];
  const names = Object.keys(properties ?? {}).map((one) => needed.includes(one) ? one : `[${one}]`);
  const takes = names.length > 0 ? [`Takes ${oneLine(names.join(", "), 400)}`] : [];
  const says = oneLine(description, 300).replace(/[^.!?…]$/, "$&.");
  return [sanitizeLine(name), sanitizeLine([says, ...takes].filter(Boolean).join(" "))];
}

function promptRow({ name, description, arguments: args }: ServerPrompt): Row {
  const takes = args.map((one) => one.required ? one.name : `[${one.name}]`).join(" ");
  return [sanitizeLine(`${name} ${takes}`.trim()), sanitizeLine(description)];
}
