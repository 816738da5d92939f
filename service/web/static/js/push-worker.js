// Pushes in the service worker: a line without content, and the page it leads to.

self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  event.waitUntil(
    self.registration.showNotification(told.title ?? "Thuisronde", {
      tag: told.tag,
      renotify: Boolean(told.tag),
      data: { path: told.path ?? "/notices" },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const target = new URL(event.notification.data.path, self.location.origin);
  event.waitUntil(show(target));
});

/** Show a page in a window that is open, else in a new one; only some windows let themselves be led. */
async function show(target) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) {
    try {
      await page.navigate(target);
      await page.focus();
      return;
    } catch {
      continue;
    }
  }
  await self.clients.openWindow(target);
}
