import { expect, test } from "vitest";
import { addressGroup, clientAddress, forwardedAddress } from "./client-address";

test.each([
  ["a stranger's own word is not believed", "203.0.113.9", "1.2.3.4", "203.0.113.9"],
  ["a proxy of ours is", "10.0.0.7", "1.2.3.4", "1.2.3.4"],
  ["of a chain, the hop that our proxy wrote", "::ffff:127.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"],
  ["no proxy", "::ffff:127.0.0.1", undefined, "127.0.0.1"],
  ["several headers", "127.0.0.1", ["6.6.6.6", "1.2.3.4"], "1.2.3.4"],
  ["no peer at all", undefined, undefined, "unknown"],
])("client address: %s", (_, peer, forwarded, address) =>
  expect(clientAddress(peer, forwarded)).toBe(address),
);

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8::5", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["unknown", "unknown"],
])("address group of %s", (address, group) => expect(addressGroup(address)).toBe(group));

test("the forwarded address is the last one", () => {
  expect(forwardedAddress("6.6.6.6, 1.2.3.4")).toBe("1.2.3.4");
  expect(forwardedAddress(null)).toBe("unknown");
});
