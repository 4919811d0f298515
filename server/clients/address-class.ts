import { BlockList, isIP } from "node:net";

/**
 * public: anybody's; own: of one's own network, which an installation may allow; never: no source can stand there, and
 * clouds keep their secrets behind some of these.
 */
export type AddressClass = "public" | "own" | "never";

const list = (nets: readonly string[]) => {
  const made = new BlockList();
  for (const net of nets) {
    const [address = "", bits = ""] = net.split("/");
    made.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return made;
};

// The metadata services of clouds come first: some of them have addresses that look like one's own network.
const never4 = list([
  "0.0.0.0/8", "169.254.0.0/16", "100.100.100.200/32", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
  "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
]); // prettier-ignore
const own4 = list(["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]);
const never6 = list(["fd00:ec2::/32", "fd20:ce::/32"]);
const own6 = list(["fc00::/7", "::1/128"]);
const global6 = list(["2000::/3"]);
// Teredo, benchmarks, ORCHID, 6to4 and documentation: inside 2000::/3, and each can hide another address or none.
const special6 = list(["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

/** The IPv4 address inside an IPv4-mapped IPv6 one (::ffff:127.0.0.1), whichever way it is written. */
function mapped4(address: string): string | null {
  // The URL parser writes every IPv6 address in one way.
  const found = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(new URL(`http://[${address}]/`).hostname);
  if (found?.[1] === undefined || found[2] === undefined) return null;
  const [high, low] = [parseInt(found[1], 16), parseInt(found[2], 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** What kind of place an IP address is. What is no address is `never`. */
export function addressClass(address: string): AddressClass {
  switch (isIP(address)) {
    case 4:
      if (never4.check(address, "ipv4")) return "never";
      return own4.check(address, "ipv4") ? "own" : "public";
    case 6: {
      if (address.includes("%")) return "never";
      const inner = mapped4(address);
      if (inner !== null) return addressClass(inner);
      if (never6.check(address, "ipv6")) return "never";
      if (own6.check(address, "ipv6")) return "own";
      return global6.check(address, "ipv6") && !special6.check(address, "ipv6") ? "public" : "never";
    }
    default:
      return "never";
  }
}
