"use client";

import dynamic from "next/dynamic";
import { useAfterLoad } from "./use-after-load";

/** As high as both cards are, so that what is beneath them does not jump. */
const Space = () => <div aria-hidden className="h-166 lg:h-84" />;

const Ahead = dynamic(() => import("./ahead").then((module) => module.Ahead), { ssr: false, loading: Space });

/** After the first figures: neither its code nor its answers are waited for. */
export function LazyAhead() {
  return useAfterLoad() ? <Ahead /> : <Space />;
}
