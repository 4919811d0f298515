import { Tabs } from "../_components/tabs";
import { useTenant } from "../_components/tenant-context";

/** What features cost, and what they bring. */
export function FeatureTabs() {
  const base = `/${useTenant().slug}/features`;
  return (
    <Tabs
      label="Features"
      tabs={[
        { href: base, label: "Spend" },
        { href: `${base}/value`, label: "Value" },
      ]}
    />
  );
}
