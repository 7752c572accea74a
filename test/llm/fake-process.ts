import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A process that speaks the model's protocol and misbehaves on request; it stands for the native runtime's faults only.
 * The question's words choose: crash, hang, deaf (ignores being stopped), nonsense; any other is echoed.
 */
export function writeFakeProcess(folder: string): string {
  const path = join(folder, "fake-process.mjs");
  writeFileSync(
    path,
    `let state;
process.on("message", (m) => {
  if (m.type === "load") {
    if (m.modelPath.includes("broken")) process.send({ type: "failed", reason: "not a model" });
    else if (m.modelPath.includes("endless")) return;
    else process.send({ type: "loaded", ms: 1 });
  } else if (m.type === "ask") {
    if (m.user === "crash") { process.stderr.write("llama.cpp: assertion failed\\n", () => process.abort()); }
    else if (m.user === "nonsense") process.send({ type: "answer", id: m.id, answer: { ok: true, text: 7 } });
    else if (m.user === "hang") state = m;
    else if (m.user === "slow") setTimeout(() => process.send({ type: "answer", id: m.id, answer: { ok: true, text: "slow", tokens: 1, ms: 1 } }), 100);
    else process.send({ type: "answer", id: m.id, answer: { ok: true, text: m.user, tokens: 1, ms: 1 } });
  } else if (m.type === "abort" && state) process.send({ type: "answer", id: m.id, answer: { ok: false, reason: "it was stopped" } });
  else if (m.type === "unload") process.exit(0);
});
process.on("disconnect", () => process.exit(0));
`,
  );
  return path;
}
