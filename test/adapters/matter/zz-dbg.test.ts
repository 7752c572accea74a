import { test, vi, expect } from "vitest";
import { anyDevice, bundle, startDevice, startHub, temporary } from "/work/main/test/adapters/matter/support.ts";
test("x", { timeout: 120000 }, async () => {
  const built = await bundle("dbg2");
  const hub = startHub(built.entry, `${temporary()}/matter`);
  const o = anyDevice(built.device, "thermostat");
  const d = await startDevice(o);
  const pair = async () => { const { id } = hub.pairing.start(d.code); const job = () => hub.pairing.jobs().find(c => c.id === id); await vi.waitFor(() => expect(job()?.state).not.toBe("running"), { timeout: 60000 }); return job(); };
  const a = await pair(); console.log(a);
  await hub.pairing.remove(a!.node!);
  for (let i = 0; i < 4; i++) { const b = await pair(); console.log(b, hub.logged.slice(-6)); if (b?.state === "done") break; }
  console.log(hub.steps.join(" | "));
  await hub.adapter.stop(); await d.stop(); built.remove();
});
