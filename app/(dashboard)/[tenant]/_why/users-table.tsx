import { Link } from "@/app/_components/ui/link";
import { Badge, type Tone } from "@/app/_components/ui/badge";
import { cn } from "@/app/_components/ui/class-names";
import { formatExact, formatTotal, formatTotalChange } from "@/app/_format/money";
import type { WhyUsersAnswer } from "@/server/analytics/why-users-schemas";
import { userGroupWords } from "./words";

type User = WhyUsersAnswer["users"][number];

const marks = {
  gone: { words: "stopped", tone: "neutral" },
  new: { words: "new", tone: "accent" },
  stayed: null,
} as const satisfies Record<User["group"], { words: string; tone: Tone } | null>;

function Change({ usd, className }: { usd: string; className?: string }) {
  const tone = usd === "0" ? "text-ink-muted" : usd.startsWith("-") ? "text-good" : "text-warn";
  return (
    <data value={usd} title={`${formatExact(usd)} USD`} className={cn("whitespace-nowrap", tone, className)}>
      {formatTotalChange(usd)}
    </data>
  );
}

function UserName({ user: { key, group }, href }: { user: User; href: string }) {
  const mark = marks[group];
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link href={href} className="truncate font-medium hover:underline hover:underline-offset-2" title={key}>
        {key}
      </Link>
      {mark && <Badge tone={mark.tone}>{mark.words}</Badge>}
    </span>
  );
}

const head = "pb-1.5 text-2xs font-medium text-ink-faint";

interface UsersTableProps {
  answer: WhyUsersAnswer;
  by: "user" | "account";
  callsOf: (user: User) => string;
}

/** Whose cost changed: those who stopped, came and stayed; then who they are. */
export function UsersTable({ answer: { groups, users }, by, callsOf }: UsersTableProps) {
  return (
    <div className="space-y-6">
      <table className="figures w-full text-sm">
        <caption className="sr-only">The change by who came, stopped and stayed</caption>
        <tbody className="divide-y">
          {groups
            .filter(
              ({ beforeUsd, afterUsd, users: count }) => count > 0 || beforeUsd !== "0" || afterUsd !== "0",
            )
            .map(({ group, users: count, usd }) => (
              <tr key={group} data-group={group}>
                <th scope="row" className="py-2 text-left font-normal">
                  {userGroupWords(group, count, by)}
                </th>
                <td className="py-2 text-right">
                  <Change usd={usd} className="font-medium" />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {users.length > 0 && (
        <table className="figures w-full table-fixed text-sm">
          <caption className="pb-2 text-left text-sm font-semibold">Whose cost changed most</caption>
          <thead>
            <tr>
              <th scope="col" className={cn(head, "text-left")}>
                {by === "user" ? "User" : "Account"}
              </th>
              <th scope="col" className={cn(head, "hidden w-24 text-right sm:table-cell")}>
                Before
              </th>
              <th scope="col" className={cn(head, "hidden w-24 text-right sm:table-cell")}>
                After
              </th>
              <th scope="col" className={cn(head, "w-24 text-right")}>
                Change
              </th>
            </tr>
          </thead>
          <tbody className="divide-y border-t">
            {users.map((user) => (
              <tr key={user.key} data-user={user.key}>
                <th scope="row" className="py-2 pr-3 text-left font-normal">
                  <UserName user={user} href={callsOf(user)} />
                </th>
                <td className="hidden py-2 text-right text-ink-muted sm:table-cell">
                  {formatTotal(user.beforeUsd)}
                </td>
                <td className="hidden py-2 text-right text-ink-muted sm:table-cell">
                  {formatTotal(user.afterUsd)}
                </td>
                <td className="py-2 text-right">
                  <Change usd={user.usd} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
