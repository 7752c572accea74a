import { ManualPairingCodeCodec, QrPairingCodeCodec, VendorId } from "@matter/main/types";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkPairingCode } from "../../../adapters/matter/pairing-code.ts";

const passcode = fc.integer({ min: 20_000_000, max: 80_000_000 });
const discriminator = fc.integer({ min: 0, max: 4095 });

describe("a pairing code", () => {
  test("as printed by any device is taken, with the dashes people type", () => {
    fc.assert(
      fc.property(passcode, discriminator, (passcode, discriminator) => {
        const code = ManualPairingCodeCodec.encode({ passcode, discriminator });
        expect(checkPairingCode(code)).toEqual({ ok: true, code, form: "manual" });
        const dashed = ` ${code.slice(0, 4)}-${code.slice(4, 7)}-${code.slice(7)} `;
        expect(checkPairingCode(dashed)).toEqual({ ok: true, code, form: "manual" });
      }),
    );
  });

  test("with vendor and product has 21 digits and is taken too", () => {
    fc.assert(
      fc.property(passcode, discriminator, fc.integer({ min: 1, max: 0xfff0 }), (passcode, discriminator, id) => {
        const code = ManualPairingCodeCodec.encode({ passcode, discriminator, vendorId: VendorId(id), productId: id });
        expect(code).toHaveLength(21);
        expect(checkPairingCode(code)).toMatchObject({ ok: true });
      }),
    );
  });

  test("from a QR code is taken, also in small letters", () => {
    fc.assert(
      fc.property(passcode, discriminator, (passcode, discriminator) => {
        const code = QrPairingCodeCodec.encode([
          {
            version: 0,
            vendorId: VendorId(0xfff1),
            productId: 1,
            flowType: 0,
            discriminator,
            passcode,
            discoveryCapabilities: 4,
          },
        ]);
        expect(checkPairingCode(code.toLowerCase())).toEqual({ ok: true, code, form: "qr" });
      }),
    );
  });

  test("with one wrong digit is refused", () => {
    fc.assert(
      fc.property(passcode, discriminator, fc.nat(10), fc.integer({ min: 1, max: 9 }), (passcode, disc, place, add) => {
        const digits = [...ManualPairingCodeCodec.encode({ passcode, discriminator: disc })];
        digits[place] = String((Number(digits[place]) + add) % 10);
        expect(checkPairingCode(digits.join(""))).toMatchObject({ ok: false });
      }),
    );
  });

  test.each([
    ["", "type the pairing code"],
    ["123", "has 11 or 21 digits, this one has 3"],
    ["hello", "11 or 21 digits"],
    ["MT:", "22 to 255 characters"],
    ["MT:ABC DEF GHI JKL MNO PQR", "only letters"],
    ["MT:Y.K90SO527JA0648G00*-24J042C00KA0648G00", "several devices at once"],
    [12345678901, "type the pairing code"],
  ])("that is %j is refused, naming the field and the fix", (code, fix) => {
    const checked = checkPairingCode(code);
    expect(checked.ok).toBe(false);
    if (!checked.ok) expect(checked.reason).toMatch(new RegExp(`^code: .*${fix}`));
  });

  test("never throws and never repeats what it refuses", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), (text) => {
        const checked = checkPairingCode(text);
        if (!checked.ok && text.trim().length > 5) expect(checked.reason).not.toContain(text.trim());
      }),
    );
  });
});
