/** Which servers may be asked: those of the home. */
import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Private and local addresses (RFC 1918, 4193, 6598, 3927's IPv6 sister 4291) and this machine itself. */
const home = new BlockList();
for (const [net, bits] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
] as const)
  home.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["fc00::", 7],
  ["fe80::", 10],
  ["::1", 128],
] as const)
  home.addSubnet(net, bits, "ipv6");

const isHome = (address: string): boolean => home.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

const REFUSAL = "the address is not one of this home's network, and what the home says stays in the home";

/** The base address, without a slash at its end. Throws RangeError naming the field and the fix. */
export function checkedUrl(text: string): string {
  if (!URL.canParse(text)) throw new RangeError("url: write an address like http://192.168.1.20:8080");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new RangeError("url: must begin with http:// or https://");
  if (url.username || url.password) throw new RangeError("url: put a key into its own field, not into the address");
  if (url.search || url.hash) throw new RangeError("url: leave out what follows ? or #");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) && !isHome(host)) throw new RangeError(`url: ${REFUSAL}`);
  return url.href.replace(/\/+$/, "").replace(/\/v1$/, "");
}

/** Looks a name up and refuses addresses outside the home, at each connection: a name can change where it leads. */
export const homeLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 4);
    const usable = addresses.filter(({ address }) => isHome(address));
    const [first] = usable;
    if (!first) return callback(new Error(REFUSAL), "", 4);
    if (options.all) return callback(null, usable);
    callback(null, first.address, first.family);
  });
};
