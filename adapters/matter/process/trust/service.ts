import { join } from "node:path";
import { Bytes, type Environment } from "@matter/main";
import { DclCertificateService } from "@matter/main/protocol";
import { plainSerial, type Revoked, readRevoked } from "./revoked.ts";
import { type Root, rootsIn, testRoots } from "./roots.ts";
import { signingKeys } from "./signing-keys.ts";

export interface TrustOptions {
  /** Where a person puts roots (.pem, .der) and the list `revoked.json`. */
  readonly folder: string;
  /** Whether the public ledger may be asked for roots, signing keys and revocations. */
  readonly online: boolean;
}

const normal = (id: Bytes | string): string =>
  (typeof id === "string" ? id.replace(/:/g, "") : Bytes.toHex(id)).toUpperCase();

/**
 * What a device's certificates are checked against, without the network: the roots that the hub carries, those in the
 * person's folder, and those that were once fetched from the public ledger. matter.js looks it up in its environment;
 * its own service would fetch at every start, so each way out of the house is closed here unless a person opened it.
 */
export class Trust extends DclCertificateService {
  readonly #folder: string;
  #online: boolean;
  #roots: ReadonlyMap<string, Root> = new Map();
  #revoked: Revoked = new Map();
  #problem: string | undefined;

  constructor(environment: Environment, options: TrustOptions) {
    super(environment, { acceptTestCertificates: false, fetchTestCertificates: false });
    this.#folder = options.folder;
    this.#online = options.online;
  }

  /** How many roots are at hand, the test ones apart. */
  get rootCount(): number {
    const held = [...this.#roots.values()].filter(({ test }) => !test).map(({ id }) => id);
    const fetched = super.certificates.filter(({ isProduction, kind }) => isProduction && kind !== "CDSigner");
    return new Set([...held, ...fetched.map(({ subjectKeyId }) => subjectKeyId)]).size;
  }

  set online(online: boolean) {
    this.#online = online;
    if (online) void this.update();
  }

  /** Reads the folder again; before each pairing, so that a person who adds a file need not restart anything. */
  async refresh(tell: (words: string) => void): Promise<void> {
    const held = await rootsIn(this.#folder, tell);
    this.#roots = new Map([...held, ...testRoots].map((root) => [root.id, root]));
    try {
      this.#revoked = await readRevoked(join(this.#folder, "revoked.json"));
      this.#problem = undefined;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      tell(`revoked.json can't be read: ${this.#problem}`);
    }
  }

  override async update(force = false) {
    return this.#online ? super.update(force) : true;
  }

  override getCertificate(id: Bytes | string, options?: DclCertificateService.GetCertificateOptions) {
    const root = this.#roots.get(normal(id));
    if (!root) return super.getCertificate(id, options);
    if (root.test && !options?.considerTestCertificates) return undefined;
    const { id: subjectKeyId, serial: serialNumber, vendorId: vid, test } = root;
    return { subjectKeyId, serialNumber, vid, isRoot: true, isProduction: !test, kind: "PAA" as const };
  }

  override async getCertificateAsDer(id: Bytes | string, options?: DclCertificateService.GetCertificateOptions) {
    return this.#roots.get(normal(id))?.der ?? super.getCertificateAsDer(id, options);
  }

  override async getOrFetchCertificate(
    id: Bytes | string,
    options?: Parameters<DclCertificateService["getOrFetchCertificate"]>[1],
  ) {
    return this.#online ? super.getOrFetchCertificate(id, options) : this.getCertificate(id, options);
  }

  override async getOrFetchCdSigner(id: Bytes | string) {
    const key = signingKeys.find(([keyId]) => keyId === normal(id))?.[1];
    if (key) return { publicKey: Bytes.of(Buffer.from(key, "base64")), isProduction: true };
    return this.#online ? super.getOrFetchCdSigner(id) : undefined;
  }

  override async isRevoked(issuer: Bytes | string, serial: Bytes | string, issuerName?: string): Promise<boolean> {
    // The check then ends with a doubt that a person is asked about; it must not pass for "not revoked".
    if (this.#problem) throw new Error(`the list of revoked devices can't be read: ${this.#problem}`);
    if (this.#revoked.get(normal(issuer))?.has(plainSerial(normal(serial)))) return true;
    return this.#online ? super.isRevoked(issuer, serial, issuerName) : false;
  }
}
