"use client";

import type { ReactNode } from "react";
import type { Outputs } from "@/app/_trpc/client";
import { PageHeader } from "../_components/page-header";
import { WatermarkBadge } from "../_components/watermark-badge";
import { ScopeBar } from "../_scope/scope-bar";
import { useScope } from "../_scope/use-scope";

interface ReportFrameProps {
  title: string;
  hint?: ReactNode;
  /** Of the screen's main answer; undefined while it loads. */
  watermark: Outputs["reports"]["spend"]["watermark"] | undefined;
  /** Something on the screen is told over time. */
  interval?: boolean;
  /** At the end of the bar. */
  actions?: ReactNode;
  /** Ways to the other parts of the screen. */
  tabs?: ReactNode;
  children: ReactNode;
}

/** A screen of reports: its title, how far its figures can be relied on, and its scope. */
export function ReportFrame({ title, hint, watermark, interval, actions, tabs, children }: ReportFrameProps) {
  const { now } = useScope();
  return (
    <>
      <PageHeader
        title={title}
        hint={hint}
        aside={watermark && <WatermarkBadge watermark={watermark} now={now} />}
      />
      {tabs}
      <ScopeBar interval={interval}>{actions}</ScopeBar>
      <div className="space-y-4">{children}</div>
    </>
  );
}
