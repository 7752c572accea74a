import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Bytes } from "@matter/main";
import { Paa, TestCert_PAA_FFF1_Cert, TestCert_PAA_NoVID_Cert } from "@matter/main/protocol";

/** More files of the folder than this, and larger ones, are not read. */
const FILES = 500;
const BYTES = 20_000;

/** A product attestation authority: who a maker's certificates lead to (Matter core specification 6.2.2). */
export interface Root {
  /** Subject key identifier in upper-case hex. */
  readonly id: string;
  readonly der: Uint8Array;
  readonly vendorId: number;
  readonly serial: string;
  /** Anyone has the private half of these: a device under one is a prototype, home-made or simulated. */
  readonly test: boolean;
}

const keyId = (bytes: Bytes): string => Bytes.toHex(bytes).toUpperCase();

function rootFrom(der: Bytes, test: boolean): Root {
  const { cert } = Paa.fromAsn1(der);
  return {
    id: keyId(cert.extensions.subjectKeyIdentifier),
    der: Bytes.of(der),
    vendorId: cert.subject.vendorId ?? 0,
    serial: Bytes.toHex(cert.serialNumber),
    test,
  };
}

/** The two roots of the Matter SDK's test certificates, which matter.js's own devices bear too. */
export const testRoots: readonly Root[] = [TestCert_PAA_NoVID_Cert, TestCert_PAA_FFF1_Cert].map((der) =>
  rootFrom(der, true),
);

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

function dersOf(content: Buffer): Uint8Array[] {
  const found = [...content.toString("latin1").matchAll(PEM)];
  return found.length > 0 ? found.map(([, body]) => Buffer.from(body ?? "", "base64")) : [content];
}

/**
 * The roots that lie in a folder as .pem, .crt, .cer or .der files. A file that can't be read is told of and left out. A
 * test root stays one, whatever folder it lies in.
 */
export async function rootsIn(folder: string, problem: (words: string) => void): Promise<Root[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(pem|crt|cer|der)$/i.test(name)).sort();
  if (names.length > FILES) problem(`only the first ${FILES} of ${names.length} certificate files are read`);
  const roots: Root[] = [];
  for (const name of names.slice(0, FILES)) {
    const path = join(folder, name);
    try {
      if ((await stat(path)).size > BYTES) throw new RangeError("it is too large for a certificate");
      for (const der of dersOf(await readFile(path))) {
        const root = rootFrom(der, false);
        roots.push({ ...root, test: testRoots.some(({ id }) => id === root.id) });
      }
    } catch (error) {
      problem(`${name} is no root certificate: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return roots;
}
