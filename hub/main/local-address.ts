import { BlockList, isIP } from "node:net";

const own = new BlockList();
own.addSubnet("127.0.0.0", 8);
// RFC 1918, RFC 3927
own.addSubnet("10.0.0.0", 8);
own.addSubnet("172.16.0.0", 12);
own.addSubnet("192.168.0.0", 16);
own.addSubnet("169.254.0.0", 16);
own.addAddress("::1", "ipv6");
// RFC 4193, RFC 4291 section 2.5.6
own.addSubnet("fc00::", 7, "ipv6");
own.addSubnet("fe80::", 10, "ipv6");

/** Whether an IP address is one of this machine or of a private network: no traffic to it leaves the home. */
export function isLocalAddress(given: string): boolean {
  const bare = given.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  const address = mapped ?? bare;
  const family = isIP(address);
  return family !== 0 && own.check(address, family === 6 ? "ipv6" : "ipv4");
}
