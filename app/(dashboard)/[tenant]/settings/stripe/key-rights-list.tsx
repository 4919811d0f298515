import { keyRights } from "./key-rights";

/** What the key must be allowed, and where it is made. */
export function KeyRights() {
  return (
    <div className="text-sm">
      <p className="text-ink-muted">
        Make a restricted key in Stripe at{" "}
        <a
          href="https://dashboard.stripe.com/apikeys/create"
          target="_blank"
          rel="noreferrer"
          className="text-accent underline underline-offset-2"
        >
          dashboard.stripe.com/apikeys
        </a>{" "}
        with these permissions, everything else at “None”:
      </p>
      <table className="mt-3 w-full text-xs">
        <caption className="sr-only">Permissions of the restricted key</caption>
        <thead className="text-left text-ink-faint">
          <tr>
            <th scope="col" className="py-1 font-medium">
              Resource
            </th>
            <th scope="col" className="py-1 font-medium">
              Level
            </th>
            <th scope="col" className="py-1 font-medium">
              What for
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {keyRights.map(([resource, level, why]) => (
            <tr key={resource} className="align-top">
              <th scope="row" className="py-1.5 pr-2 text-left font-medium">
                {resource}
              </th>
              <td className="py-1.5 pr-2">{level}</td>
              <td className="py-1.5 text-ink-muted">{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-xs text-ink-muted">
        Where one is missing, we name it as Stripe does (rak_…). Nothing is ever written but meter events.
      </p>
    </div>
  );
} // prettier-ignore
