/**
 * Runs the command line of the Inspector that the first argument names, which is written for Node. Two
 * things are otherwise in Deno: the launcher would wait for event streams that Inspector has left, and of
 * a stream that it both copies and pipes, it would not see what came along with the headers.
 */
const native = globalThis.fetch;
globalThis.fetch = async (...request) => {
  const response = await native(...request);
  return new Response(response.body?.pipeThrough(new TransformStream()), response);
};

const [specifier, ...args] = Deno.args;
const { handleError, runCli } = await import(specifier!);
await runCli(["deno", "inspector", ...args]).catch(handleError);
Deno.exit(0);
