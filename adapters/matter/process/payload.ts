import type { Discovery } from "@matter/main/node";
import { ManualPairingCodeCodec, QrPairingCodeCodec } from "@matter/main/types";
import { checkPairingCode } from "../pairing-code.ts";

/** CommissioningFlowType of a QR code: the device needs a step of its maker's before it can be paired. */
const CUSTOM_FLOW = 2;

/** What a pairing code says (Matter core specification 5.1). */
export interface Payload {
  readonly passcode: number;
  readonly identifier: Discovery.Options;
  /** The maker's own app or a button comes first. */
  readonly custom: boolean;
}

/** Undoes a code, or says what is wrong with it without repeating it. */
export function readCode(text: string): Payload | string {
  const checked = checkPairingCode(text);
  if (!checked.ok) return checked.reason;
  try {
    if (checked.form === "qr") {
      const [first] = QrPairingCodeCodec.decode(checked.code);
      if (!first) return "code: it names no device";
      const custom = first.flowType === CUSTOM_FLOW;
      return { passcode: first.passcode, identifier: { longDiscriminator: first.discriminator }, custom };
    }
    // 21 digits name maker and product too, which says that the maker's instructions come first (5.1.4.1.3).
    const { passcode, shortDiscriminator, vendorId } = ManualPairingCodeCodec.decode(checked.code);
    if (shortDiscriminator === undefined) return "code: it names no device";
    return { passcode, identifier: { shortDiscriminator }, custom: vendorId !== undefined };
  } catch {
    return "code: it can't be read; compare it with the label or scan it again";
  }
}
