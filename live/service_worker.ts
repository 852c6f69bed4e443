/**
 * The page's service worker, for web servers that send no headers of their own, as hosts of static files
 * do: it adds those that let the page train on all cores.
 *
 * @module
 */

import { ISOLATION } from "./policy.ts";

/** The part of a service worker's global scope that this one uses; Deno has no types for it. */
interface ServiceWorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: "activate" | "fetch" | "install",
    listener: (event: ServiceWorkerEvent) => void,
  ): void;
}

interface ServiceWorkerEvent {
  readonly request: Request;
  waitUntil(done: Promise<unknown>): void;
  respondWith(response: Promise<Response>): void;
}

const scope = self as unknown as ServiceWorkerScope;

scope.addEventListener("install", () => void scope.skipWaiting());
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("fetch", (event) => {
  if (new URL(event.request.url).origin !== scope.location.origin) return; // the browser's own affair
  event.respondWith(isolated(event.request));
});

async function isolated(request: Request): Promise<Response> {
  const { body, status, statusText, headers } = await fetch(request);
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(ISOLATION)) all.set(name, value);
  return new Response(body, { status, statusText, headers: all });
}
