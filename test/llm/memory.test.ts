import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { memoryMissing, readMemory, watchMemory } from "../../hub/llm/memory.ts";

let root: string;
const write = (path: string, content: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "memory-"));
  write("proc/meminfo", "MemTotal:        8000000 kB\nMemFree: 100 kB\nMemAvailable:    6000000 kB\n");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("memory that a model may have", () => {
  test("is what the kernel says can be had, not what lies unused", () => {
    expect(readMemory(root)).toEqual({ totalBytes: 8_192_000_000, availableBytes: 6_144_000_000 });
  });

  test("in a container it is what the container's limit leaves; what the page cache would give back counts as free", () => {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "1000000000\n");
    write("sys/fs/cgroup/memory.current", "900000000\n");
    write("sys/fs/cgroup/memory.stat", "anon 1\ninactive_file 300000000\n");
    expect(readMemory(root)).toEqual({ totalBytes: 1_000_000_000, availableBytes: 400_000_000 });
  });

  test("the tightest limit of all groups above the hub counts, in old control groups as well", () => {
    write("proc/self/cgroup", "4:cpu:/x\n3:memory:/home/hub\n");
    write("sys/fs/cgroup/memory/home/hub/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory/home/hub/memory.usage_in_bytes", "5\n");
    write("sys/fs/cgroup/memory/home/memory.limit_in_bytes", "2000000000\n");
    write("sys/fs/cgroup/memory/home/memory.usage_in_bytes", "500000000\n");
    write("sys/fs/cgroup/memory/home/memory.stat", "total_inactive_file 100000000\n");
    expect(readMemory(root)).toEqual({ totalBytes: 2_000_000_000, availableBytes: 1_600_000_000 });
  });

  test("a group without a limit, and a system that says nothing, limit nothing", () => {
    write("proc/self/cgroup", "0::/user\nnonsense\n0::/../../etc\n");
    write("sys/fs/cgroup/user/memory.max", "max\n");
    write("sys/fs/cgroup/user/memory.current", "5\n");
    expect(readMemory(root).totalBytes).toBe(8_192_000_000);
    expect(readMemory(join(root, "nowhere")).totalBytes).toBeGreaterThan(0);
  });

  test("a model that does not fit beside the house is not loaded, and the words say what is missing", () => {
    expect(memoryMissing(1e9, 1.2e9)).toBeUndefined();
    expect(memoryMissing(1e9, 1.1e9)).toBe(
      "too little memory is free to load the model: 1100 MB, and it needs 1150 MB",
    );
  });

  test("one low moment unloads nothing; two looks in a row do", async () => {
    const seen = [500e6, 10e6, 500e6, 10e6, 20e6];
    const short = vi.fn();
    const stop = watchMemory(() => seen.shift() ?? 500e6, short, 1);
    await vi.waitFor(() => expect(short).toHaveBeenCalled());
    stop();
    expect(short).toHaveBeenCalledExactlyOnceWith("memory got short (20 MB were free), so the model was unloaded");
  });
});
