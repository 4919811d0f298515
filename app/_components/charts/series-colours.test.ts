import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { coloursByKey, mostSeries, restColour } from "./series-colours";

const keys = ["chat", "code-review", "email-draft", "search", "summary", "research-agent"];

describe("coloursByKey", () => {
  it("gives every key a colour of its own", () => {
    const colour = coloursByKey(keys);
    expect(new Set(keys.map((key) => colour(key).tremor)).size).toBe(keys.length);
  });
  it("does not care for the order", () => {
    const [colour, reversed] = [coloursByKey(keys), coloursByKey([...keys].reverse())];
    expect(keys.map(reversed)).toEqual(keys.map(colour));
  });
  it("hands out all there are, and no more", () => {
    const many = Array.from({ length: mostSeries + 1 }, (_, n) => `feature-${String(n)}`);
    const shown = many.map((key) => coloursByKey(many)(key).tremor);
    expect(new Set(shown).size).toBe(mostSeries + 1);
    expect(shown.filter((name) => name === restColour.tremor)).toHaveLength(1);
  });
  it("has a colour for calls without the tag, which no key can have", () =>
    expect(coloursByKey([null, ""])(null).tremor).toBe("stone"));
});

// What follows is colour science: OKLab (Ottosson 2020), dichromats (Machado, Oliveira, Fernandes 2009, severity 1),
// contrast (WCAG 2.2, 1.4.3).
type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

const vision = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  trichromacy: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as const satisfies Record<string, Matrix>;

const times = (matrix: Matrix, [r, g, b]: Triple) =>
  matrix.map(([x, y, z]) => x * r + y * g + z * b) as unknown as Triple;
const clamp = (colour: Triple) => colour.map((part) => Math.min(1, Math.max(0, part))) as unknown as Triple;

function linearOf([lightness, chroma, hue]: Triple): Triple {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return clamp([
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]);
}

function labOf([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
function contrast(one: Triple, other: Triple): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const css = readFileSync("app/globals.css", "utf8");
const themes = {
  light: css.slice(css.indexOf(":root"), css.indexOf(".dark {")),
  dark: css.slice(css.indexOf(".dark {")),
};

function token(theme: string, name: string): Triple {
  const found = new RegExp(`${name}: oklch\\(([\\d.]+)(?: ([\\d.]+) ([\\d.]+))?\\)`).exec(theme);
  if (!found) throw new Error(`globals.css has no ${name}.`);
  return [Number(found[1]), Number(found[2]), Number(found[3])];
}

describe.each(Object.entries(themes))("the series of the %s theme", (_theme, block) => {
  const colours = Array.from({ length: mostSeries }, (_, n) => token(block, `--series-${String(n + 1)}`));

  it("stand out from the surface", () => {
    const surface = linearOf(token(block, "--surface"));
    for (const colour of [...colours, token(block, "--series-rest")])
      expect(contrast(linearOf(colour), surface)).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(vision))("can be told apart with %s", (_name, matrix) => {
    const seen = colours.map((colour) => labOf(clamp(times(matrix, linearOf(colour)))));
    const distances = seen.flatMap((one, n) =>
      seen.slice(0, n).map((other) => Math.hypot(...one.map((part, at) => part - (other[at] ?? 0)))),
    );
    expect(Math.min(...distances)).toBeGreaterThan(0.09);
  });
});
