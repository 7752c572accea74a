/**
 * The five keys with which the Connectivity Standards Alliance signs certification declarations (Matter core
 * specification 6.3.1): subject key identifier in hex, P-256 public key uncompressed in base64. Public facts, as the crate
 * rs-matter 0.4.1 (Apache-2.0) carries them, taken over 2026-11-22. The test key is left out on purpose: its private half
 * is public, so a declaration under it proves nothing.
 */
export const signingKeys: readonly (readonly [id: string, key: string])[] = [
  [
    "FE343F959947763B61EE4539131338494FE67D8E",
    "BM3u6T5E+Lcr49GpwH4hloua//O0A/BeFmnXseXK7m/HcUtC5+I2leks12NUc6KArmiPN7uUieEWKbm5T/ewmSk=",
  ],
  [
    "DD04DB585B214C1C581587E6568DF487B6DDC701",
    "BAMZN+j5QlEEXfJ0V7tGJT7jdU6MEq4oVX2AJ7nUw1bZG0CM/zInUBeyX4yLogUW1cg68rckEoAT38yPldIAqQs=",
  ],
  [
    "471035E7C04EAAA8BE7C4D4C13E3E4C20995A84B",
    "BJ9XXNX9t1IfEKTfMfBzkSthRyjy039ba5a8LL98CxGWkFd9VV0hoJZgqLCCoznqUw96gS2Gk7Vv12QYX6vNMvU=",
  ],
  [
    "F68603A3692E981072419EA1E1AB3854BD7795D3",
    "BHz8jYgQqJz0+hkXePKv7Hj4UXqXo+V/whO62IjjYR50/7aEveuoposlI0pcNY83O6ubbTBOEwbddiClKNEWHAs=",
  ],
  [
    "637F2634AD62EAFE6AF662EFB96F6FD2FCBFFC2F",
    "BEOKUsZioqbXJkf5XrdTE27krg/bOqnBaTFCaz0IZ/kQOufXobiH6fgTpvJvdrvNqTWTeHwSd4yo8pddxFogQvk=",
  ],
];
