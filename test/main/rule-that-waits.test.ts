import { expect, test, vi } from "vitest";
import type { Trace } from "../../hub/model/trace.ts";
import { bundle, exited, run, temporaryFolder } from "../storage/support.ts";

test("a rule that waits goes on where it was after the hub was killed, and asks once", async () => {
  const program = await bundle("test/main/rule-that-waits.ts");
  const folder = temporaryFolder();
  const first = run(program, folder, "first");
  await vi.waitFor(() => expect(first.lines).toEqual(["waits rule-wait"]), { timeout: 30_000, interval: 5 });
  first.child.kill("SIGKILL");
  await exited(first.child);
  const second = run(program, folder);
  await exited(second.child);
  const told = second.lines.find((line) => line.startsWith("told "))?.slice(5) ?? "{}";
  const trace: Trace = JSON.parse(told);
  expect(trace).toMatchObject({
    rule: "rule-wait",
    cause: "anna started it by hand",
    outcome: "done",
    nodes: ["lamp"],
  });
  expect(trace.lines.map((l) => l.text)).toEqual([
    "note is 7",
    "waited 3 s",
    expect.stringMatching(/^turn on Lamp: done, confirmed after \d+ ms$/),
  ]);
  expect(second.lines.filter((line) => !line.startsWith("told"))).toEqual(["waits rule-wait", "sent on"]);
  expect(first.lines).toEqual(["waits rule-wait"]);
}, 90_000);
