import { expect, it } from "vitest";
import { requireNode } from "./install.mjs";

it.each(["20.19.0", "20.20.2", "21.0.0", "24.1.0"])("accepts Node.js %s", (version) => {
  expect(() => {
    requireNode(version);
  }).not.toThrow();
});

it.each(["20.18.3", "18.20.0", "8.0.0"])("refuses Node.js %s in one sentence that names both", (version) => {
  expect(() => {
    requireNode(version);
  }).toThrow(`Tokenledger needs Node.js 20.19 or newer, and this is ${version}`);
});
