import { cloudModel } from "./cloud-model";
import {
  amountOf,
  type Cells,
  optionalAmount,
  requireUsd,
  type RowAnswer,
  tokensOf,
  utcDay,
} from "./file-rows";
import { classOfWords, lineWithoutModel } from "./line-item";

/** The clouds whose bills we can read, by what FOCUS calls them, and which of their services are models. */
const clouds = [
  { provider: "aws", name: /\b(aws|amazon)\b/i, service: /bedrock/i },
  { provider: "google", name: /\bgoogle\b/i, service: /vertex ai|gemini|generative language/i },
];
const charges = { tax: "tax", credit: "credit", adjustment: "credit" } as const;

/**
 * A row of a FOCUS 1.0–1.3 file. Only charges for models count; what else a cloud bills is left out, by its service. Times
 * are on the day of UTC on which the charge's period begins.
 */
export function readFocus(cell: Cells): RowAnswer {
  const day = utcDay(cell, "chargeperiodstart");
  requireUsd(cell, "billingcurrency");
  const usd = amountOf(cell, "billedcost");
  const seller = [cell("serviceprovidername"), cell("providername"), cell("invoiceissuername")].find((name) => name !== "") ?? ""; // prettier-ignore
  const cloud = clouds.find(({ name }) => name.test(seller));
  const serviceName = cell("servicename");
  if (!cloud) return { kind: "left-out", day, why: seller || "no provider named", usd };
  const isModel = [serviceName, cell("x_servicecode")].some((text) => cloud.service.test(text));
  if (!isModel) return { kind: "left-out", day, why: serviceName || "no service named", usd };

  const description = cell("chargedescription") || cell("skumeter") || cell("x_usagetype") || serviceName;
  const category = cell("chargecategory").toLowerCase();
  const extra = category === "tax" || category === "credit" || category === "adjustment" ? charges[category] : null; // prettier-ignore
  const meters = [cell("skumeter"), cell("x_usagetype"), cell("chargedescription")];
  const tokenClass = meters.map((text) => classOfWords(spaced(text))).find((found) => found !== null);
  const names = [cell("resourceid"), serviceName, cell("resourcename"), ...meters];
  const model = extra === null ? cloudModel(cloud.provider, names) : "";
  const told =
    extra !== null
      ? { kind: extra, model: "", tokenClass: "other" as const, service: "" }
      : model === "" || tokenClass === undefined
        ? { ...lineWithoutModel(description), kind: "usage" as const }
        : { kind: "usage" as const, model, tokenClass, service: serviceOf(meters) };
  const list = optionalAmount(cell, "listcost");
  const isListed = told.kind === "usage" && list !== null && list !== "0";
  return {
    kind: "lines",
    provider: cloud.provider,
    day,
    organization: cell("billingaccountid"),
    invoiceNo: cell("invoiceid"),
    lines: [
      {
        ...told,
        basis: "cost",
        day,
        workspace: cell("subaccountid"),
        description,
        amount: usd,
        listAmount: isListed ? list : null,
        quantity: told.model === "" ? null : tokensOf(cell("consumedquantity"), cell("consumedunit")),
        raw: null,
      },
    ],
  };
}

/** "USE1-Claude4.5Sonnet-InputTokenCount" as words. */
const spaced = (text: string) => text.replaceAll(/([a-z])([A-Z])/g, "$1 $2");

function serviceOf(meters: readonly string[]): string {
  return /\b(batch|flex|priority)\b/i.exec(meters.map(spaced).join(" "))?.[1]?.toLowerCase() ?? "";
}
