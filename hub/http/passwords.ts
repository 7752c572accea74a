import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { MIN_PASSWORD } from "./schemas/accounts.ts";

// OWASP's password storage sheet names N=2^15, r=8, p=3 as one of the equal choices; 32 MB a derivation.
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const;
const KEY_BYTES = 32;
const MAX_RUNNING = 2;
const MAX_WAITING = 16;

/** Too many derivations wait already: the asker should come back in a moment. */
export class Busy extends Error {}

let running = 0;
const waiting: (() => void)[] = [];

// A derivation takes 32 MB and a core for a tenth of a second: without a gate, sign-ins could starve a small machine.
async function gated<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_RUNNING) {
    if (waiting.length >= MAX_WAITING) throw new Busy("too many sign-ins at once");
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  gated(
    () =>
      new Promise((resolve, reject) => {
        // NFC, so that an é typed on a phone is the é typed on a laptop.
        scrypt(password.normalize("NFC"), salt, KEY_BYTES, COST, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );

/** A salted hash for storage: `scrypt$salt$key`. Throws {@link Busy}. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return `scrypt$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

const nobody = `scrypt$${randomBytes(16).toString("base64url")}$${randomBytes(KEY_BYTES).toString("base64url")}`;

/** Checks a password; without a hash (unknown name) it does the same work and says false. Throws {@link Busy}. */
export async function passwordFits(password: string, hash: string | undefined): Promise<boolean> {
  const [kind, salt = "", key = ""] = (hash ?? nobody).split("$");
  const expected = Buffer.from(key, "base64url");
  const derived = await derive(password, Buffer.from(salt, "base64url"));
  const equal = expected.length === derived.length && timingSafeEqual(expected, derived);
  return equal && kind === "scrypt" && hash !== undefined;
}

// The entries of public leaked-password lists that pass the length rule, without their digits at the end.
const COMMON = new Set(
  `password passwords passwort motdepasse contrasena letmein welcome iloveyou qwertyuiop qwertyuiopasdfgh qwertyuiopasdfghjkl
  qwerty qwertz qwertzuiop azertyuiop qazwsxedc qazwsxedcrfv zaqxswcde asdfghjkl asdfghjklz zxcvbnm abcdefghij abcdefghijk
  administrator superman princess sunshine football baseball basketball trustno changeme changemenow default
  internet computer samsung michelle jennifer chocolate butterfly liverpool manchester iloveyouso ilovejesus
  passwordpassword testtest testtesttest adminadmin rootroot useruser secretsecret mypassword thisismypassword newpassword
  homeassistant smarthome raspberry raspberrypi inglenook inglenookhub openhab matter zigbee letmeinplease welcomehome
  qwertyqwerty asdfasdf asdfasdfasdf godisgood blink spiderman dragonball pokemon minecraft starwars mustang monkey
  charlie freedom whatever master shadow ashley bailey passw0rd p@ssword p@ssw0rd pa$$word correcthorsebatterystaple`.split(
    /\s+/,
  ),
);

/** Says why a new password is too easy to guess, in words to follow its field's name; undefined when it will do. */
export function weakness(password: string, name: string): string | undefined {
  const lower = password.normalize("NFC").toLowerCase();
  const core = lower.replace(/[\d!?.,#*_ -]+$/, "").replace(/^[\d!?.,#*_ -]+/, "");
  if (new Set(lower).size < 4) return "is too easy to guess: use more than three different characters";
  if (/^(.{1,5})\1+.{0,4}$/s.test(lower)) return "is too easy to guess: it repeats itself";
  if ("0123456789012345678909876543210987654321".includes(lower)) return "is too easy to guess: it counts";
  if (core === "" && lower.length < MIN_PASSWORD + 4) return "is too easy to guess: add letters or make it longer";
  if (COMMON.has(lower) || COMMON.has(core)) return "is one of the most common passwords";
  if (name.length >= 3 && core === name.toLowerCase()) return "is too easy to guess: it is your name";
  return undefined;
}
