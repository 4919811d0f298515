import { join } from "node:path";
import PDFDocument from "pdfkit";

const folder = join(process.cwd(), "node_modules/geist/dist/fonts/geist-sans");

/** Latin in all its forms, Greek and Cyrillic in part. */
export const fonts = {
  regular: join(folder, "Geist-Regular.ttf"),
  bold: join(folder, "Geist-SemiBold.ttf"),
};

export type Pdf = InstanceType<typeof PDFDocument>;

/** What stands for characters that no font of ours has. */
export const mark = "[?]";

/** The font that is set, as pdfkit keeps it: its types do not tell of it. */
function hasGlyph(pdf: Pdf): (codePoint: number) => boolean {
  const { _font: set } = pdf as unknown as {
    _font: { font: { hasGlyphForCodePoint: (codePoint: number) => boolean } };
  };
  return (codePoint) => set.font.hasGlyphForCodePoint(codePoint);
}

/**
 * A text that can be drawn with the font that is set: a run of characters that it lacks becomes a mark, for pdfkit would
 * draw nothing or an empty box. Line feeds stay.
 */
export function drawable(pdf: Pdf, text: string): string {
  const has = hasGlyph(pdf);
  const drawn = Array.from(text.normalize("NFC"), (character) => {
    const isDrawn = character === "\n" || (has(character.codePointAt(0) ?? 0) && !/\p{C}/u.test(character));
    return isDrawn ? character : "\u0000";
  }).join("");
  return drawn.replace(/\u0000+/g, mark); // eslint-disable-line no-control-regex -- what was taken out just above
}

/** A document whose every page is A4, with the fonts that we bring along and none of the machine's. */
export function openPdf(facts: { title: string; author: string; at: Date }): Pdf {
  return new PDFDocument({
    size: "A4",
    margins: { top: 56, bottom: 72, left: 56, right: 56 },
    font: fonts.regular,
    bufferPages: true,
    lang: "en",
    info: { Title: facts.title, Author: facts.author, Creator: "Tokenledger", CreationDate: facts.at, ModDate: facts.at },
  }); // prettier-ignore
}
