/** What the findings of a device's attestation (Matter core specification 6.2.3) mean for a person. No library's objects here. */

export type Verdict =
  | { readonly kind: "accept" }
  /** A person decides; the findings in words. */
  | { readonly kind: "ask"; readonly findings: readonly string[] }
  | { readonly kind: "refuse"; readonly reason: string };

/** Forged, or proven to be none of its maker's: no person's word makes these good. */
const refused = new Map([
  [
    "CertificateRevoked",
    "The maker's authority has revoked this device's certificate, so it may be a counterfeit or unsafe.",
  ],
  [
    "AttestationSignatureInvalid",
    "The device bears a certificate but could not prove that it is its own: it may be a copy.",
  ],
  [
    "AttestationNonceMismatch",
    "The device repeated an old proof of its certificate instead of giving a new one: it may be a copy.",
  ],
  ["CertificateChainInvalid", "The device's certificate was not signed by the authority that it names: it is forged."],
  ["CertificationDeclarationSignatureInvalid", "The device's certification is forged: its signature does not fit."],
]);

const asked = new Map([
  ["PaaNotTrusted", "Its certificate leads to no authority that this hub knows, so its maker can't be proven."],
  [
    "TrustedAsTestCertificate",
    "It bears a test certificate, as home-made devices, prototypes and simulators do. Anyone can make one.",
  ],
  ["CertificationTypeTest", "Its certification is a test one: the product was not certified."],
  [
    "CertificationTypeProvisional",
    "Its certification is provisional: the product was not yet certified when it was made.",
  ],
  ["CdSignerVerificationSkipped", "Its certification was signed by someone this hub does not know."],
  ["CertificateExpired", "Its certificate was not valid at the time it was made."],
  ["VendorIdMismatch", "Its certificate was made out to another maker."],
  ["CertificationDeclarationFieldMismatch", "Its certification is for another product than it says it is."],
  ["FirmwareInfoMismatch", "Its firmware is not the one that was certified."],
  ["DclServiceUnavailable", "Its certificate could not be checked in full."],
  ["ValidationError", "Its certificate could not be checked to the end."],
]);

/** Findings that every test device has; with `acceptTest` they are no question. */
const ofTestDevices = new Set([
  "TrustedAsTestCertificate",
  "CertificationTypeTest",
  "CertificationTypeProvisional",
  "CdSignerVerificationSkipped",
]);
/** When the hub came to know the authority says nothing of the device: its roots came all at once. */
const harmless = new Set(["PaaTrustStoreTimeMismatch", "CertificateIdNotVerified"]);

/** `types` are the names of the findings; `acceptTest`: test devices are welcome, as in a simulated home. */
export function verdictOn(types: readonly string[], acceptTest: boolean): Verdict {
  for (const type of types) {
    const reason = refused.get(type);
    if (reason) return { kind: "refuse", reason: `${reason} It was not paired.` };
  }
  const isTest = types.includes("TrustedAsTestCertificate");
  const open = types.filter((type) => !harmless.has(type) && !(acceptTest && isTest && ofTestDevices.has(type)));
  const findings = [...new Set(open)].map((type) => asked.get(type) ?? `Its certificate raised a doubt: ${type}.`);
  return findings.length > 0 ? { kind: "ask", findings } : { kind: "accept" };
}
