import fc from "fast-check";
import { expect, it } from "vitest";
import { negotiate, takesGzip } from "./negotiate";

const prometheus3 =
  "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

it.each([
  ["nothing", undefined, "text"],
  ["an empty header", "", "text"],
  ["curl", "*/*", "text"],
  ["a browser", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text"],
  ["Prometheus 3", prometheus3, "openMetrics"],
  ["Prometheus 2", "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "openMetrics"],
  ["Prometheus before OpenMetrics", "text/plain;version=0.0.4;q=1,*/*;q=0.1", "text"],
  ["protobuf first, as for native histograms", "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.7", "openMetrics"],
  ["OpenMetrics without a version", "application/openmetrics-text", "openMetrics"],
  ["an older OpenMetrics alone", "application/openmetrics-text;version=0.0.1", "text"],
  ["a quoted version, spaces and capitals", 'Application/OpenMetrics-Text; Version="1.0.0"; charset=utf-8', "openMetrics"],
  ["text liked better", "application/openmetrics-text;version=1.0.0;q=0.3,text/plain;q=0.9", "text"],
  ["OpenMetrics refused", "application/openmetrics-text;q=0,*/*;q=0.1", "text"],
  ["both alike", "text/plain,application/openmetrics-text", "openMetrics"],
  ["JSON alone", "application/json", "text"],
  ["nonsense", ";;;q=x,,=", "text"],
  ["a quality that is none", "application/openmetrics-text;q=7,text/plain;q=0.1", "text"],
])("%s is answered in what it reads", (_, accept, format) => expect(negotiate(accept)).toBe(format)); // prettier-ignore

it.each([
  [undefined, false],
  ["", false],
  ["gzip", true],
  ["GZIP;q=0.5", true],
  ["deflate, gzip;q=1.0, *;q=0.5", true],
  ["*", true],
  ["gzip;q=0, *", false],
  ["br", false],
  ["identity", false],
])("Accept-Encoding %s takes gzip: %s", (header, expected) => expect(takesGzip(header)).toBe(expected));

it("answers whatever header there is", () => {
  const header = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(fc.constantFrom(",", ";", "=", '"', "q", "q=0.5", "version", "1.0.0", "text/plain", "application/openmetrics-text", "*/*", " "), { maxLength: 30 }).map((parts) => parts.join("")),
  ); // prettier-ignore
  fc.assert(
    fc.property(header, (text) => {
      expect(["text", "openMetrics"]).toContain(negotiate(text));
      expect(typeof takesGzip(text)).toBe("boolean");
    }),
    { seed: 20261121, numRuns: 2_000 },
  );
});
