"use client";

import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

type LinkProps = Omit<ComponentProps<typeof NextLink>, "prefetch"> & {
  /** Never fetched ahead: what it leads to is not a screen. */
  prefetch?: false;
};

/**
 * A link of the product. It fetches ahead when somebody points at it: a screen has dozens in sight, and each would ask the
 * server twice while the screen itself still loads.
 */
export function Link({ prefetch, onMouseEnter, onFocus, onTouchStart, ...rest }: LinkProps) {
  const [isMeant, setIsMeant] = useState(false);
  return (
    <NextLink
      {...rest}
      prefetch={isMeant ? (prefetch ?? null) : false}
      onMouseEnter={(event) => {
        setIsMeant(true);
        onMouseEnter?.(event);
      }}
      onFocus={(event) => {
        setIsMeant(true);
        onFocus?.(event);
      }}
      onTouchStart={(event) => {
        setIsMeant(true);
        onTouchStart?.(event);
      }}
    />
  );
}
