import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { formatKey, keyEntropyBytes, publicIdOf } from "./token";

describe("an API key", () => {
  test.each([
    ["zeros", Buffer.alloc(keyEntropyBytes, 0)],
    ["ones", Buffer.alloc(keyEntropyBytes, 255)],
    ["chance", randomBytes(keyEntropyBytes)],
  ])("of %s has its fixed shape and carries its own id", (_, entropy) => {
    const { key, publicId } = formatKey(entropy);
    expect(key).toMatch(/^tl_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/);
    expect(publicIdOf(key)).toBe(publicId);
  });

  test("keeps all 256 bits of its secret", () => {
    const entropy = Buffer.alloc(keyEntropyBytes, 0);
    const secrets = new Set<string>();
    for (let bit = 0; bit < 256; bit++) {
      const flipped = Buffer.from(entropy);
      flipped.writeUInt8(1 << (bit % 8), keyEntropyBytes - 32 + Math.floor(bit / 8));
      secrets.add(formatKey(flipped).key);
    }
    expect(secrets.size).toBe(256);
  });

  test("with any one letter wrong is not one", () => {
    const { key } = formatKey(randomBytes(keyEntropyBytes));
    for (let at = 0; at < key.length; at++) {
      const letter = key.charAt(at) === "x" ? "y" : "x";
      expect(publicIdOf(key.slice(0, at) + letter + key.slice(at + 1)), `letter ${String(at)}`).toBeNull();
    }
  });

  test.each(["", "tl_live_", "Bearer x", `tl_live_${"a".repeat(10_000)}`, "tl_live_abcdefgh_é"])(
    "is not %j",
    (text) => expect(publicIdOf(text)).toBeNull(),
  );
});
