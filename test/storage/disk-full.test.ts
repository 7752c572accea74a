import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { StoreError } from "../../hub/storage/error.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, reading, temporaryFolder } from "./support.ts";

/** A small disk of its own; undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const folder = temporaryFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    console.warn("no tmpfs may be mounted here: the full disk is not tested");
    return undefined;
  }
  onTestFinished(() => {
    execFileSync("umount", ["-l", folder]);
  });
  return folder;
}

describe("a full disk", () => {
  test("is said, stops nothing, damages nothing, and heals by itself when there is room", async (context) => {
    const folder = smallDisk();
    if (!folder) return context.skip();
    const log = listeningLog();
    const store = openStore(folder, { log });
    onTestFinished(() => store.close());
    store.put("rule", "before", { n: 1 });
    writeFileSync(join(folder, "filler"), Buffer.alloc(100));
    let refused: unknown;
    for (let i = 0; i < 5000 && !refused; i++) {
      try {
        store.put("finding", `f${i}`, { text: "x".repeat(2000) });
      } catch (error) {
        refused = error;
      }
    }
    expect(refused).toBeInstanceOf(StoreError);
    expect(refused).toMatchObject({ code: "disk-full", fix: expect.stringContaining("free some space") });
    const text = "y".repeat(1000);
    const many = Array.from({ length: 2000 }, (_, i) => reading(1_700_000_000_000 + i, text, "s/1/thing.text"));
    store.appendReadings(many);
    store.flush();
    expect(log.lines.at(-1)).toMatchObject({ level: "error", message: expect.stringContaining("the disk that holds") });
    expect(store.trouble()).toMatchObject({ code: "disk-full", lost: 0 });
    expect(store.trouble()?.waiting).toBeGreaterThan(2000);
    expect(store.get("rule", "before")).toEqual({ n: 1 });
    execFileSync("mount", ["-o", "remount,size=16m", folder]);
    store.flush();
    expect(store.facts().readings).toBe(2000);
    expect(store.trouble()).toBeUndefined();
    store.put("rule", "after", { n: 2 });
    expect(store.list("rule")).toEqual([{ n: 1 }, { n: 2 }]);
  });
});
