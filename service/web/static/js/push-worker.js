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
  event.waitUntil(
    (async () => {
      const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      for (const page of pages) {
        if ("navigate" in page) {
          await page.focus();
          await page.navigate(target);
          return;
        }
      }
      await self.clients.openWindow(target);
    })(),
  );
});
