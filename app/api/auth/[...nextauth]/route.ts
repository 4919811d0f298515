import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { forwardedAddress } from "@/server/auth/client-address";
import { authOptions } from "@/server/auth/options";

interface Route {
  params: Promise<{ nextauth: string[] }>;
}

async function handler(request: NextRequest, route: Route): Promise<Response> {
  const address = forwardedAddress(request.headers.get("x-forwarded-for"));
  const answer: unknown = await NextAuth(request, route, authOptions(address));
  if (answer instanceof Response) return answer;
  throw new Error("next-auth gave no answer.");
}

export { handler as GET, handler as POST };
