import { describe, expect, test } from "vitest";
import { parseRevoked, plainSerial } from "../../../adapters/matter/process/trust/revoked.ts";
import { verdictOn } from "../../../adapters/matter/process/trust/verdict.ts";

const TEST_DEVICE = ["TrustedAsTestCertificate", "CdSignerVerificationSkipped", "CertificationTypeTest"];

describe("what a device's certificate means for the home", () => {
  test("a proven device comes in without a word", () => {
    expect(verdictOn([], false)).toEqual({ kind: "accept" });
    expect(verdictOn(["PaaTrustStoreTimeMismatch"], false)).toEqual({ kind: "accept" });
  });

  test.each([
    "CertificateRevoked",
    "AttestationSignatureInvalid",
    "AttestationNonceMismatch",
    "CertificateChainInvalid",
    "CertificationDeclarationSignatureInvalid",
  ])("%s is refused, also in a simulated home", (type) => {
    expect(verdictOn([...TEST_DEVICE, type], true)).toMatchObject({ kind: "refuse" });
  });

  test("a test device is a question in a person's home and none in a simulated one", () => {
    const asked = verdictOn(TEST_DEVICE, false);
    expect(asked.kind === "ask" && asked.findings).toHaveLength(3);
    expect(verdictOn(TEST_DEVICE, true)).toEqual({ kind: "accept" });
  });

  test("a device of nobody's is asked about in a simulated home too, and so is a doubt that nobody knows yet", () => {
    expect(verdictOn(["PaaNotTrusted"], true)).toMatchObject({ kind: "ask" });
    expect(verdictOn(["CdSignerVerificationSkipped"], true)).toMatchObject({ kind: "ask" });
    expect(verdictOn(["SomethingNew"], false)).toMatchObject({ kind: "ask" });
  });
});

describe("the list of revoked devices", () => {
  const set = (issuer: unknown, serials: unknown) =>
    JSON.stringify([{ type: "revocation_set", issuer_subject_key_id: issuer, revoked_serial_numbers: serials }]);

  test("is read whatever way hex is written", () => {
    const revoked = parseRevoked(set("78:5c:e7", ["00AB", "0c"]));
    expect(revoked.get("785CE7")).toEqual(new Set(["AB", "C"]));
    expect(plainSerial("00:ab")).toBe("AB");
  });

  test.each([
    ["no list", "{}"],
    ["no JSON", "-----BEGIN"],
    ["an issuer that is no hex", set("zz", [])],
    ["a serial number that is no hex", set("AB", [12])],
    ["no serial numbers", set("AB", undefined)],
    ["nothing in it", "[null]"],
  ])("is refused with %s: it must not pass for an empty one", (_, text) => {
    expect(() => parseRevoked(text)).toThrow();
  });
});
