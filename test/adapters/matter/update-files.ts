import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Bytes, Crypto, Environment } from "@matter/main";
import { OtaImageWriter } from "@matter/main/protocol";

export interface Firmware {
  readonly vendorId?: number;
  readonly productId?: number;
  readonly version?: number;
  readonly words?: string;
  readonly min?: number;
  readonly max?: number;
  readonly notes?: string;
  /** Bytes of the payload. */
  readonly size?: number;
}

/** An update file as matter.js writes it; for the simulated plug, version 2, where nothing else is said. */
export async function imageOf(firmware: Firmware = {}): Promise<Uint8Array> {
  const { vendorId = 0xfff1, productId = 0x8001, version = 2, words = `${version}.0.0`, size = 2000 } = firmware;
  const { image } = await OtaImageWriter.create(Environment.default.get(Crypto), {
    vendorId,
    productId,
    softwareVersion: version,
    softwareVersionString: words,
    ...(firmware.min === undefined ? {} : { minApplicableSoftwareVersion: firmware.min }),
    ...(firmware.max === undefined ? {} : { maxApplicableSoftwareVersion: firmware.max }),
    ...(firmware.notes === undefined ? {} : { releaseNotesUrl: firmware.notes }),
    payload: Uint8Array.from({ length: size }, (_, i) => (i * 31) % 251),
  });
  return Bytes.of(image);
}

/** Puts it into a folder, which is made where there is none. */
export async function putImage(folder: string, name: string, firmware: Firmware = {}): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), await imageOf(firmware));
}
