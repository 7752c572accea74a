import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** So many processes are looked at; the hub has a handful. */
const MOST = 64;
const SECTOR = 512;

function fileOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function childrenOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap(
      (thread) => fileOf(`/proc/${pid}/task/${thread}/children`)?.split(" ").filter(Boolean) ?? [],
    );
  } catch {
    return [];
  }
}

/**
 * Bytes that this process and the ones it started have sent to disks since they began: the kernel's own count of pages
 * made dirty (proc_pid_io(5), write_bytes), logs in files included. A process that ended counts with the one it belonged to.
 * Undefined where the kernel does not tell.
 */
export function writtenByHub(): number | undefined {
  let sum: number | undefined;
  const waiting = ["self"];
  for (let looked = 0; looked < MOST; looked++) {
    const pid = waiting.shift();
    if (pid === undefined) break;
    const bytes = /^write_bytes: (\d+)$/m.exec(fileOf(`/proc/${pid}/io`) ?? "")?.[1];
    if (bytes !== undefined) sum = (sum ?? 0) + Number(bytes);
    waiting.push(...childrenOf(pid));
  }
  return sum;
}

/**
 * Bytes written to the whole disk or card that holds a folder, by all programs and with the file system's own journal,
 * since the machine started (the kernel's Documentation/block/stat.rst). Undefined where no single disk holds it.
 */
export function writtenToDisk(folder: string): number | undefined {
  try {
    const { dev } = statSync(folder);
    // As glibc's gnu_dev_major and gnu_dev_minor.
    const major = ((dev >>> 8) & 0xfff) | (Math.floor(dev / 2 ** 32) & ~0xfff);
    const minor = (dev & 0xff) | ((dev >>> 12) & ~0xff);
    let device = realpathSync(`/sys/dev/block/${major}:${minor}`);
    if (existsSync(join(device, "partition"))) device = dirname(device);
    const sectors = Number(readFileSync(join(device, "stat"), "utf8").trim().split(/\s+/)[6]);
    return Number.isFinite(sectors) ? sectors * SECTOR : undefined;
  } catch {
    return undefined;
  }
}
