import { randomBytes } from "node:crypto";
import type { ClientNode } from "@matter/main";
import { OtaSoftwareUpdateProvider } from "@matter/main/clusters/ota-software-update-provider";
import { type BdxSession, FileDesignator, type ScopedStorage } from "@matter/main/protocol";
import type { NodeId as MatterNodeId } from "@matter/main/types";
import type { UpdateRun } from "../../../../hub/ports.ts";
import { canBeStopped, doneOf, judge, type Progress, type UpdateStep, wordsOf } from "../../update/progress.ts";
import { IMAGE_NAME, storageOf } from "./one-file.ts";
import { isSubscribed, letGo, readFresh } from "./peer.ts";
import type { Image } from "./shelf.ts";

const { Status, DownloadProtocol } = OtaSoftwareUpdateProvider;

/** How often the device is looked at. */
const TICK_MS = 4000;
/** So long without a word of the transfer, its state counts: some devices tell it late. */
const QUIET_MS = 10_000;
/** A transfer that is stopped has so long to end in order. */
const FAREWELL_MS = 3000;
/** How long each step may go without anything new. A device may take ten minutes to ask (Matter core 11.20.3.2.2). */
const PATIENCE: Readonly<Record<UpdateStep, readonly [ms: number, reason: string]>> = {
  fetching: [15 * 60_000, "The file could not be fetched from the maker in time."],
  waiting: [15 * 60_000, "The device did not come for the update. Wake it, or restart it, and try again."],
  downloading: [5 * 60_000, "The transfer was cut and the device did not come back for the rest. Try again."],
  applying: [
    45 * 60_000,
    "The device took the update and did not come back with the new version. Look at it, or restart it.",
  ],
  restarting: [45 * 60_000, "The device restarted for the update and did not come back. Look at it, or restart it."],
};

type Wanted = Pick<UpdateRun, "version" | "words">;

/** One update of one device on a person's word, from the yes to the device's own new version. */
export class Run {
  readonly peer: ClientNode;
  readonly wanted: Wanted;
  readonly token = new Uint8Array(randomBytes(32));
  readonly #changed: (run: Run) => void;
  #image: Image | undefined;
  #storage: ScopedStorage | undefined;
  readonly #reads = new AbortController();
  #progress: Progress = { step: "fetching", share: 0, whole: false };
  #ended: { readonly state: "done" | "failed" | "cancelled"; readonly detail: string } | undefined;
  #session: BdxSession | undefined;
  #updateState: number | undefined;
  #heardAt = performance.now();
  #reading = false;
  readonly #ticks: NodeJS.Timeout;

  constructor(peer: ClientNode, wanted: Wanted, changed: (run: Run) => void) {
    this.peer = peer;
    this.wanted = wanted;
    this.#changed = changed;
    this.#ticks = setInterval(() => this.#tick(), TICK_MS);
  }

  get isRunning(): boolean {
    return this.#ended === undefined;
  }

  get isStoppable(): boolean {
    return this.isRunning && canBeStopped(this.#progress);
  }

  /** What the device may read from, once it asked. */
  get storage(): ScopedStorage | undefined {
    return this.#storage;
  }

  /** Resolves when no transfer runs any more; a device that does not even hear that it gets no more is not waited for. */
  async quiet(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    await new Promise<void>((resolve) => {
      session.closed.on(() => resolve());
      setTimeout(resolve, FAREWELL_MS);
    });
  }

  view(): UpdateRun {
    const { state = "running", detail = wordsOf(this.#progress, this.#updateState) } = this.#ended ?? {};
    const done = state === "done" ? 1 : doneOf(this.#progress);
    return { ...this.wanted, state, done, detail, stoppable: this.isStoppable };
  }

  /** The file is here and whole: the device is told next. */
  has(image: Image): void {
    this.#image = image;
    this.#storage = storageOf(image.path, this.#reads.signal);
    this.#goTo("waiting");
  }

  end(state: "done" | "failed" | "cancelled", detail: string): void {
    if (!this.isRunning) return;
    clearInterval(this.#ticks);
    this.#reads.abort();
    this.#ended = { state, detail };
    this.#changed(this);
  }

  /** What the device is answered that asks; undefined where there is nothing for it. */
  offer(
    provider: MatterNodeId,
    protocols: readonly number[],
  ): OtaSoftwareUpdateProvider.QueryImageResponse | undefined {
    if (!this.isRunning || !this.#image || this.#progress.step === "fetching") return undefined;
    if (!protocols.includes(DownloadProtocol.BdxSynchronous)) {
      this.end("failed", "The device takes updates from its maker's server alone; use its maker's app.");
      return { status: Status.DownloadProtocolNotSupported };
    }
    this.#heardAt = performance.now();
    return {
      status: Status.UpdateAvailable,
      imageUri: new FileDesignator(`ota/${IMAGE_NAME}`).asBdxUri(provider),
      softwareVersion: this.#image.version,
      softwareVersionString: this.#image.words,
      updateToken: this.token,
    };
  }

  /** A transfer began. A device whose transfer was cut may begin another; only the newest counts. */
  transfers(session: BdxSession): void {
    this.#session = session;
    this.#progress = { ...this.#progress, share: 0, whole: false };
    this.#goTo("downloading");
    session.progressInfo.on((bytes, total) => this.#got(session, bytes / (total ?? this.#image?.size ?? bytes)));
    session.progressFinished.on(() => this.#got(session, 1, true));
    session.closed.on(() => {
      if (this.#session === session) this.#session = undefined;
    });
  }

  /** Whether the device may put in place what it has; it goes on by itself then. */
  mayApply(token: Uint8Array, version: number): boolean {
    const isOurs = Buffer.from(token).equals(this.token) && version === this.wanted.version;
    if (!this.isRunning || !isOurs || !this.#progress.whole) return false;
    this.#goTo("applying");
    return true;
  }

  #got(session: BdxSession, share: number, whole = false): void {
    if (!this.isRunning || this.#session !== session) return;
    this.#heardAt = performance.now();
    const before = Math.floor(this.#progress.share * 100);
    this.#progress = { ...this.#progress, share: Math.min(1, share), whole };
    if (whole || Math.floor(share * 100) !== before) this.#changed(this);
  }

  #goTo(step: UpdateStep): void {
    if (!this.isRunning) return;
    this.#heardAt = performance.now();
    this.#progress = { ...this.#progress, step };
    this.#changed(this);
  }

  #tick(): void {
    const { step } = this.#progress;
    const silentMs = performance.now() - this.#heardAt;
    const [patienceMs, reason] = PATIENCE[step];
    const subscribed = isSubscribed(this.peer);
    if (silentMs > patienceMs) this.end("failed", reason);
    else if (step === "applying" && !subscribed) this.#goTo("restarting");
    else if (step !== "fetching" && subscribed && (!this.#session || silentMs > QUIET_MS))
      void this.#look(silentMs > QUIET_MS);
  }

  async #look(quiet: boolean): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      const fresh = await readFresh(this.peer);
      if (!this.isRunning) return;
      const verdict = judge(this.#progress, this.wanted.version, { ...fresh, quiet });
      if (verdict.kind === "done") return this.end("done", `The device now runs ${this.wanted.words}.`);
      if (verdict.kind === "failed") return this.end("failed", verdict.reason);
      if (fresh.updateState === this.#updateState) return;
      this.#updateState = fresh.updateState;
      this.#changed(this);
    } catch {
      // It is on its way down or up: a later look tells.
      const { step } = this.#progress;
      if (step === "applying") this.#goTo("restarting");
      else if (step !== "downloading" || !quiet) return;
      await letGo(this.peer).catch(() => undefined);
    } finally {
      this.#reading = false;
    }
  }
}
