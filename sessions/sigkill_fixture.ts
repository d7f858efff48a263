/** A chat that adds turns to a session until it is killed: `FOLDER [ID]`. Says what is on the disk. */
import { createSessionStore } from "./create_session_store.ts";
import { makeTurn } from "./session_fixture.ts";

const [folder, id] = Deno.args;
const store = createSessionStore({ folder: folder! });
const session = id ? await store.open(id) : store.create({ folder: "/work" });
const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
say(`open ${session.data.id}`);
for (let turn = session.data.turns.length + 1;; turn++) {
  await session.addTurn(makeTurn(turn, { answer: `answer ${turn} `.repeat(200) }), {});
  say(`saved ${turn}`);
  if (turn % 5 === 0) await session.change(({ files }) => void files.push(`${turn}.py`));
}
