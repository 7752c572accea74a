import { expect, onTestFinished, test, vi } from "vitest";
import { watchDisk } from "../../hub/main/disk.ts";
import { problemKey } from "../../hub/model/finding.ts";
import type { StorageTrouble } from "../../hub/ports.ts";
import { emptyState, step } from "../../hub/step.ts";

const AT = Date.UTC(2026, 5, 1, 12);
const full: StorageTrouble = {
  ...{ code: "disk-full", message: "the disk is full", fix: "free some space", since: AT - 60_000 },
  ...{ waiting: 1234, lost: 0 },
};

test("a disk that takes nothing is a finding with what is wrong, since when, what it costs and what helps; it is over by itself", async () => {
  const state = emptyState(
    { name: "H", timeZone: "UTC", latitude: 0, longitude: 0, currency: "EUR" },
    {
      ...{ name: "T", importPerKwh: 0, exportPerKwh: 0, standingPerDay: 0, co2GPerKwh: 0 },
      ...{ importBands: [], co2Bands: [] },
    },
  );
  let trouble: StorageTrouble | undefined;
  const disk = watchDisk(
    {
      store: {
        trouble: () => trouble,
        rescue: { aside: "/data/hub.db.damaged-1", kept: ["people: 2"], lost: ["settings: rule r7"] },
      },
      clock: { now: () => AT },
      put: (input) => {
        step(state, input, AT);
        return true;
      },
    },
    5,
  );
  onTestFinished(() => disk.stop());
  const finding = (code: string) => state.findings.get(problemKey({ code, message: "" }));
  expect(finding("storage-rescued")?.message).toContain("settings: rule r7");

  trouble = full;
  await vi.waitFor(() => expect(finding("storage-disk-full")).toMatchObject({ state: "new", fix: "free some space" }));
  expect(finding("storage-disk-full")?.message).toMatch(
    /^Since 2026-06-01 11:59 UTC: the disk is full\. .*1,234 readings wait in memory, none is lost yet/,
  );
  trouble = { ...full, code: "not-writable", lost: 5 };
  await vi.waitFor(() => expect(finding("storage-not-writable")?.message).toContain("5 were lost"));
  expect(finding("storage-disk-full")?.state).toBe("fixed");
  trouble = undefined;
  await vi.waitFor(() => expect(finding("storage-not-writable")?.state).toBe("fixed"));
  // Held by another program for a moment only: nothing is said.
  trouble = { ...full, code: "in-use", since: AT - 1000 };
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(finding("storage-in-use")).toBeUndefined();
});
