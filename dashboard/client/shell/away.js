// Shown while main is away: ask until the server is ready, then go to the dashboard.

const POLL = 500; // ms

for (;;) {
  await new Promise((resolve) => setTimeout(resolve, POLL));
  try {
    const answer = await fetch("/app/health", { cache: "no-store" });
    if ((await answer.json()).ready) break;
  } catch {
    // not there yet: asked again
  }
}
export {};
location.replace(`/app/${location.hash}`);
