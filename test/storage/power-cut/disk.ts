import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../support/sources.ts";

const FUSE = "mfusepy==3.1.1";
const tools = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "inglenook-disk");

/** A Python that can make file systems, or why there is none. What it installs is kept for the next run. */
export function fusePython(): { readonly python: string } | { readonly missing: string } {
  if (!existsSync("/dev/fuse")) return { missing: "/dev/fuse is not here" };
  if (spawnSync("fusermount3", ["-V"]).status !== 0) return { missing: "fusermount3 is not here (Debian: fuse3)" };
  const python = join(tools, "bin", "python");
  const ready = () => spawnSync(python, ["-c", "import mfusepy"]).status === 0;
  if (ready()) return { python };
  spawnSync("python3", ["-m", "venv", tools]);
  spawnSync(python, ["-m", "pip", "install", "-q", FUSE]);
  return ready() ? { python } : { missing: `${FUSE} could not be installed with Python's venv` };
}

/** A disk whose power can be cut (lossy.py): `folder` is where programs see it. */
export class LossyDisk {
  readonly folder: string;
  readonly #backing: string;
  readonly #python: string;
  #process: ChildProcess | undefined;

  constructor(python: string, place: string) {
    this.#python = python;
    this.folder = join(place, "disk");
    this.#backing = join(place, "card");
    mkdirSync(this.folder);
    mkdirSync(this.#backing);
  }

  /** Resolves when it is mounted with what the card holds. */
  async mount(seed: number): Promise<void> {
    const lossy = join(root, "test", "storage", "power-cut", "lossy.py");
    const child = spawn(this.#python, [lossy, this.#backing, this.folder, String(seed)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#process = child;
    const outside = statSync(this.#backing).dev;
    if (!child.stdout) throw new Error("no output of the disk");
    for await (const _ of createInterface({ input: child.stdout })) break;
    // It says so just before it mounts.
    for (let i = 0; statSync(this.folder).dev === outside; i++) {
      if (i > 2000) throw new Error("the disk was not mounted");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Cuts the power. Whoever wrote must be dead already: the dead write nothing more. */
  async cut(): Promise<void> {
    const child = this.#process;
    const ended = new Promise((resolve) => child?.once("exit", resolve));
    existsSync(join(this.folder, ".cut"));
    await ended;
    execFileSync("fusermount3", ["-u", this.folder]);
    this.#process = undefined;
  }

  /** Every write fails so from now on (EIO, EROFS, ENOSPC); undefined: the disk is well again. */
  fail(how: string | undefined): void {
    existsSync(join(this.folder, `.${how ?? "well"}`));
  }

  /** For the end of a test, whatever became of it. */
  remove(): void {
    this.#process?.kill("SIGKILL");
    if (this.#process) spawnSync("fusermount3", ["-u", "-z", this.folder]);
  }
}
