"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import {
  Bookmark,
  Building2,
  CalendarDays,
  CircleHelp,
  Download,
  KeyRound,
  Link2,
  Moon,
  Search,
  Sun,
} from "lucide-react";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useTRPC } from "@/app/_trpc/client";
import { usePlaces } from "../_components/places";
import { useRight, useTenant } from "../_components/tenant-context";
import { usePlaceHref } from "../_components/use-place-href";
import { rangeKeys } from "../_scope/keys";
import { rangeParams, scopeParams } from "../_scope/params";
import { rangeLabels, rangeTokens } from "../_scope/range";
import { useSettled } from "../_scope/use-settled";
import { useCurrentView } from "../_views/use-current-view";
import { Found } from "./found";
import { Item, Items } from "./item";
import { closeOpened, type Opened, readTypedAhead } from "./opened";
import { rank } from "./rank";

/** What the screen offers to download, by its own links. */
function exportsInSight(): { name: string; link: HTMLAnchorElement }[] {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("main a[download]")];
  return links.map((link) => ({ name: link.getAttribute("aria-label") ?? link.textContent, link }));
}

/** Anywhere by name: screens, views, features, users, prompts, models, and what can be done here. */
export function Palette() {
  const { slug } = useTenant();
  const mayWriteKeys = useRight("keys:write");
  const mayReadReports = useRight("reports:read");
  const trpc = useTRPC();
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const { all } = usePlaces();
  const hrefOf = usePlaceHref();
  const current = useCurrentView();
  const [, setScope] = useQueryStates(scopeParams);
  const [typed, setTyped] = useState(readTypedAhead);
  const search = useSettled(typed.trim());
  const [exports] = useState(exportsInSight);
  const views = useQuery(trpc.views.list.queryOptions());
  const tenants = useQuery(trpc.tenants.mine.queryOptions());
  const dialog = useRef<HTMLDialogElement>(null);
  const next = useRef<Opened>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // The browser would take the list, which can be focused, too.
    dialog.current?.querySelector("input")?.focus();
  }, []);

  // Closed first, so that the focus is back where it was before anything else happens.
  const done = (act: () => void) => () => {
    dialog.current?.close();
    act();
  };
  const open = (href: string) => done(() => router.push(href));
  const copyLink = () =>
    navigator.clipboard.writeText(window.location.href).then(
      () => toast.success("The link was copied."),
      () => toast.error("The browser did not allow copying."),
    );
  const isDark = resolvedTheme === "dark";
  return (
    <dialog
      ref={dialog}
      aria-label="Search and commands"
      onClose={() => closeOpened("palette", next.current)}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
      className="mx-auto mt-[10vh] w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-xl border border-line-strong bg-surface p-0 text-ink shadow-pop backdrop:bg-black/40"
    >
      <Command label="Search and commands" loop filter={rank}>
        <div className="flex items-center gap-2.5 border-b px-4">
          <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <Command.Input
            value={typed}
            onValueChange={setTyped}
            maxLength={200}
            placeholder="A screen, a feature, a user, a prompt, a model, a command"
            className="h-12 w-full bg-transparent text-base outline-none placeholder:text-ink-faint"
          />
        </div>
        <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto p-2">
          <Command.Empty className="px-2 py-8 text-center text-sm text-ink-muted">
            Nothing is called so. Features, users, prompts and models are looked for in the last 90 days.
          </Command.Empty>
          <Items heading="Go to">
            {all.map(({ path, label, icon, words }) => (
              <Item
                key={path}
                name={`Go to ${label}`}
                words={words}
                icon={icon}
                onSelect={open(hrefOf(path))}
              >
                {label}
              </Item>
            ))}
          </Items>
          {mayReadReports && search !== "" && <Found search={search} onOpen={(href) => open(href)()} />}
          {views.data && views.data.length > 0 && (
            <Items heading="Views">
              {views.data.map(({ id, name, screen, query }) => (
                <Item
                  key={id}
                  name={`View ${name} ${id}`}
                  icon={Bookmark}
                  aside={screen}
                  onSelect={open(`/${slug}/${screen}${query === "" ? "" : `?${query}`}`)}
                >
                  {name}
                </Item>
              ))}
            </Items>
          )}
          {current && (
            <Items heading="Range">
              {rangeTokens.map((range) => (
                <Item
                  key={range}
                  name={`Range ${rangeLabels[range]}`}
                  icon={CalendarDays}
                  aside={rangeKeys[range]?.toUpperCase()}
                  onSelect={done(() => void setScope(rangeParams(range)))}
                >
                  {rangeLabels[range]}
                </Item>
              ))}
            </Items>
          )}
          <Items heading="Do">
            {exports.map(({ name, link }) => (
              <Item
                key={name}
                name={name}
                words="export csv"
                icon={Download}
                onSelect={done(() => link.click())}
              >
                {name}
              </Item>
            ))}
            <Item
              name="Copy the link to this screen"
              words="share url"
              icon={Link2}
              onSelect={done(() => void copyLink())}
            >
              Copy the link to this screen
            </Item>
            {mayWriteKeys && (
              <Item
                name="Create an API key"
                words="new token secret"
                icon={KeyRound}
                onSelect={open(`/${slug}/settings/keys?new=true`)}
              >
                Create an API key
              </Item>
            )}
            <Item
              name={isDark ? "Light theme" : "Dark theme"}
              words="toggle theme appearance mode"
              icon={isDark ? Sun : Moon}
              onSelect={done(() => setTheme(isDark ? "light" : "dark"))}
            >
              {isDark ? "Light theme" : "Dark theme"}
            </Item>
            <Item
              name="Keyboard shortcuts"
              words="help keys"
              icon={CircleHelp}
              aside="?"
              onSelect={() => {
                next.current = "help";
                dialog.current?.close();
              }}
            >
              Keyboard shortcuts
            </Item>
          </Items>
          {tenants.data && tenants.data.length > 1 && (
            <Items heading="Switch organisation">
              {tenants.data
                .filter((tenant) => tenant.slug !== slug)
                .map((tenant) => (
                  <Item
                    key={tenant.slug}
                    name={`Switch to ${tenant.name} ${tenant.slug}`}
                    words="tenant organisation"
                    icon={Building2}
                    aside={tenant.role}
                    onSelect={open(`/${tenant.slug}/overview`)}
                  >
                    {tenant.name}
                  </Item>
                ))}
            </Items>
          )}
        </Command.List>
      </Command>
    </dialog>
  );
}
