import type { Format } from "./exposition";

interface Range {
  type: string;
  parameters: ReadonlyMap<string, string>;
  quality: number;
}

const unquoted = (text: string) => text.trim().replace(/^"(.*)"$/, "$1");

function rangesOf(header: string): Range[] {
  return header.split(",").map((part) => {
    const [type = "", ...rest] = part.split(";");
    const parameters = new Map(
      rest.map((parameter) => {
        const [name = "", value = ""] = parameter.split("=");
        return [name.trim().toLowerCase(), unquoted(value)] as const;
      }),
    );
    const quality = Number(parameters.get("q") ?? 1);
    return {
      type: type.trim().toLowerCase(),
      parameters,
      quality: quality >= 0 && quality <= 1 ? quality : 0,
    };
  });
}

function formatOf({ type, parameters }: Range): Format | null {
  const version = parameters.get("version");
  if (type === "application/openmetrics-text")
    return version === undefined || version === "1.0.0" ? "openMetrics" : null;
  if (type === "text/plain") return version === undefined || version === "0.0.4" ? "text" : null;
  return type === "text/*" || type === "*/*" ? "text" : null;
}

/**
 * The format that a scraper likes best. One that names neither gets text, as exporters always have it: a browser, curl, or
 * a scraper too old to say.
 */
export function negotiate(accept: string | undefined): Format {
  const wanted = rangesOf(accept ?? "*/*").flatMap((range) => {
    const format = range.quality > 0 ? formatOf(range) : null;
    return format ? [{ format, quality: range.quality }] : [];
  });
  const best = Math.max(0, ...wanted.map(({ quality }) => quality));
  const liked = wanted.filter(({ quality }) => quality === best).map(({ format }) => format);
  return liked.includes("openMetrics") ? "openMetrics" : "text";
}

/** Whether an answer may be packed with gzip. */
export function takesGzip(acceptEncoding: string | undefined): boolean {
  const ranges = rangesOf(acceptEncoding ?? "");
  const named = ranges.find(({ type }) => type === "gzip") ?? ranges.find(({ type }) => type === "*");
  return (named?.quality ?? 0) > 0;
}
